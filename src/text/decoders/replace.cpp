#include "text/decoders/registry.h"
#include "text/pattern.h"

namespace sbert::text {

namespace {

class ReplaceDecoder final : public Decoder {
 public:
  ReplaceDecoder(std::unique_ptr<Pattern> pattern, std::string content)
      : pattern_(std::move(pattern)), content_(std::move(content)) {}

  void decode(std::vector<std::string>& tokens) const override {
    std::vector<Match> parts;
    for (std::string& token : tokens) {
      parts.clear();
      pattern_->find_all(token, parts);
      std::string out;
      for (const Match& part : parts) {
        if (part.matched) {
          out += content_;
        } else {
          out.append(token, part.span.begin, part.span.end - part.span.begin);
        }
      }
      token = std::move(out);
    }
  }

 private:
  std::unique_ptr<Pattern> pattern_;
  std::string content_;
};

}  // namespace

std::unique_ptr<Decoder> make_replace_decoder(const Json& config, const std::string& where) {
  auto pattern = make_pattern(json_required<Json>(config, "pattern", where), where + ": pattern");
  return std::make_unique<ReplaceDecoder>(std::move(pattern), json_required<std::string>(config, "content", where));
}

}  // namespace sbert::text
