#include <vector>

#include "text/pattern.h"
#include "text/pre_tokenizers/registry.h"

namespace sbert::text {

namespace {

/// Splits at the matches of a pattern, or, inverted, at what lies between them.
class Split final : public PreTokenizer {
 public:
  Split(std::unique_ptr<Pattern> pattern, SplitBehavior behavior, bool invert)
      : pattern_(std::move(pattern)), behavior_(behavior), invert_(invert) {}

  void pre_tokenize(Pieces& pieces) const override {
    std::vector<Match> parts;
    pieces.split([&](std::string_view piece, auto keep) {
      parts.clear();
      pattern_->find_all(piece, parts);
      if (invert_) {
        for (Match& part : parts)
          part.matched = !part.matched;
      }
      apply(behavior_, parts);
      for (const Match& part : parts)
        keep(part.span.begin, part.span.end);
    });
  }

 private:
  std::unique_ptr<Pattern> pattern_;
  SplitBehavior behavior_;
  bool invert_;
};

}  // namespace

std::unique_ptr<PreTokenizer> make_split(const Json& config, const std::string& where) {
  auto pattern = make_pattern(json_required<Json>(config, "pattern", where), where + ": pattern");
  return std::make_unique<Split>(std::move(pattern), read_split_behavior(config, "behavior", where),
                                 json_required<bool>(config, "invert", where));
}

}  // namespace sbert::text
