#include <optional>

#include "text/decoders/registry.h"
#include "text/utf8.h"

namespace sbert::text {

namespace {

/// The value of "<0xE2>"; nothing for other tokens. The reference takes a plus sign for part of a number.
std::optional<char> byte_of(std::string_view token) {
  if (token.size() != 6 || !token.starts_with("<0x") || token[5] != '>') return std::nullopt;
  const auto digit = [&](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  const int high = token[3] == '+' ? 0 : digit(token[3]), low = digit(token[4]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(static_cast<unsigned char>(high * 16 + low));
}

/// Byte tokens in a row become the text that they are; one "�" for each if they are none.
class ByteFallbackDecoder final : public Decoder {
 public:
  void decode(std::vector<std::string>& tokens) const override {
    std::vector<std::string> out;
    std::string bytes;
    const auto add_bytes = [&] {
      if (bytes.empty()) return;
      if (find_invalid_utf8(bytes) == std::string::npos) {
        out.push_back(bytes);
      } else {
        out.insert(out.end(), bytes.size(), "\ufffd");
      }
      bytes.clear();
    };
    for (std::string& token : tokens) {
      if (const auto byte = byte_of(token)) {
        bytes += *byte;
        continue;
      }
      add_bytes();
      out.push_back(std::move(token));
    }
    add_bytes();
    tokens = std::move(out);
  }
};

}  // namespace

std::unique_ptr<Decoder> make_byte_fallback_decoder(const Json&, const std::string&) {
  return std::make_unique<ByteFallbackDecoder>();
}

}  // namespace sbert::text
