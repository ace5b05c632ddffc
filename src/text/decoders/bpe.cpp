#include "text/decoders/registry.h"

namespace sbert::text {

namespace {

/// The suffix at the end of words becomes a space, but for the last token's.
class BpeDecoder final : public Decoder {
 public:
  explicit BpeDecoder(std::string suffix) : suffix_(std::move(suffix)) {}

  void decode(std::vector<std::string>& tokens) const override {
    for (size_t i = 0; i < tokens.size(); ++i)
      replace_all(tokens[i], suffix_, i + 1 == tokens.size() ? "" : " ");
  }

 private:
  std::string suffix_;
};

}  // namespace

std::unique_ptr<Decoder> make_bpe_decoder(const Json& config, const std::string& where) {
  auto suffix = json_required<std::string>(config, "suffix", where);
  if (suffix.empty()) fail(ErrorCode::unsupported, where, ": an empty 'suffix'");
  return std::make_unique<BpeDecoder>(std::move(suffix));
}

}  // namespace sbert::text
