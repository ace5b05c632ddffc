#include <vector>

#include "text/normalizers/registry.h"
#include "text/pattern.h"

namespace sbert::text {

namespace {

/// Puts a fixed string in the place of each match of a pattern.
class Replace final : public Normalizer {
 public:
  Replace(std::unique_ptr<Pattern> pattern, std::string content)
      : pattern_(std::move(pattern)), content_(std::move(content)) {}

  void normalize(TrackedText& text) const override {
    std::vector<Match> parts;
    pattern_->find_all(text.view(), parts);
    Rewrite out(text);
    for (const Match& part : parts) {
      if (part.matched) {
        out.put(content_, part.span.end == 0 ? 0 : part.span.end - 1);
      } else {
        out.copy(part.span.begin, part.span.end);
      }
    }
    out.finish();
  }

 private:
  std::unique_ptr<Pattern> pattern_;
  std::string content_;
};

}  // namespace

std::unique_ptr<Normalizer> make_replace(const Json& config, const std::string& where) {
  auto content = json_required<std::string>(config, "content", where);
  return std::make_unique<Replace>(make_pattern(json_required<Json>(config, "pattern", where), where + ": pattern"),
                                   std::move(content));
}

}  // namespace sbert::text
