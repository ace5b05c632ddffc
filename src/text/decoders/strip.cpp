#include "text/decoders/registry.h"
#include "text/pre_tokenizers/registry.h"

namespace sbert::text {

namespace {

/// Takes a character away from both ends of each token, so many times at most.
class StripDecoder final : public Decoder {
 public:
  StripDecoder(std::string content, size_t start, size_t stop)
      : content_(std::move(content)), start_(start), stop_(stop) {}

  void decode(std::vector<std::string>& tokens) const override {
    for (std::string& token : tokens) {
      std::string_view kept = token;
      for (size_t i = 0; i < start_ && kept.starts_with(content_); ++i)
        kept.remove_prefix(content_.size());
      for (size_t i = 0; i < stop_ && kept.ends_with(content_); ++i)
        kept.remove_suffix(content_.size());
      token = std::string(kept);
    }
  }

 private:
  std::string content_;
  size_t start_, stop_;
};

}  // namespace

std::unique_ptr<Decoder> make_strip_decoder(const Json& config, const std::string& where) {
  std::string content;
  append_utf8(content, read_character(config, "content", where));
  return std::make_unique<StripDecoder>(std::move(content), json_required<size_t>(config, "start", where),
                                        json_required<size_t>(config, "stop", where));
}

}  // namespace sbert::text
