#include "text/decoders/registry.h"
#include "text/pre_tokenizers/registry.h"

namespace sbert::text {

namespace {

/// "▁" becomes a space, but for those of the first token if one is put before every text.
class MetaspaceDecoder final : public Decoder {
 public:
  MetaspaceDecoder(std::string replacement, bool prepended)
      : replacement_(std::move(replacement)), prepended_(prepended) {}

  void decode(std::vector<std::string>& tokens) const override {
    for (size_t i = 0; i < tokens.size(); ++i)
      replace_all(tokens[i], replacement_, i == 0 && prepended_ ? "" : " ");
  }

 private:
  std::string replacement_;
  bool prepended_;
};

}  // namespace

std::unique_ptr<Decoder> make_metaspace_decoder(const Json& config, const std::string& where) {
  std::string replacement;
  append_utf8(replacement, read_character(config, "replacement", where));
  return std::make_unique<MetaspaceDecoder>(std::move(replacement), metaspace_prepends(config, where));
}

}  // namespace sbert::text
