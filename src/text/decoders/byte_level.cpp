#include "text/byte_characters.h"
#include "text/decoders/registry.h"
#include "text/utf8.h"

namespace sbert::text {

namespace {

/// Bytes of the characters that stand for them; what is no text then becomes "�".
class ByteLevelDecoder final : public Decoder {
 public:
  void decode(std::vector<std::string>& tokens) const override {
    std::string bytes;
    for (const std::string& token : tokens)
      bytes += bytes_of_characters(token).value_or(token);
    tokens = {to_valid_utf8(bytes)};
  }
};

}  // namespace

std::unique_ptr<Decoder> make_byte_level_decoder(const Json&, const std::string&) {
  return std::make_unique<ByteLevelDecoder>();
}

}  // namespace sbert::text
