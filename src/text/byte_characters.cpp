#include "text/byte_characters.h"

#include <array>

#include "text/utf8.h"

namespace sbert::text {

namespace {

constexpr bool is_visible(size_t byte) {
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
}

constexpr std::array<char32_t, 256> kCharacters = [] {
  std::array<char32_t, 256> characters{};
  char32_t next = 0x100;
  for (size_t byte = 0; byte < 256; ++byte) {
    characters[byte] = is_visible(byte) ? static_cast<char32_t>(byte) : next++;
  }
  return characters;
}();

constexpr char32_t kLimit = 0x100 + 68;  // 68 bytes are not visible

constexpr std::array<int, kLimit> kBytes = [] {
  std::array<int, kLimit> bytes{};
  for (int& byte : bytes)
    byte = -1;
  for (size_t byte = 0; byte < 256; ++byte)
    bytes[kCharacters[byte]] = static_cast<int>(byte);
  return bytes;
}();

}  // namespace

char32_t character_of_byte(char byte) {
  return kCharacters[static_cast<unsigned char>(byte)];
}

std::optional<std::string> bytes_of_characters(std::string_view token) {
  std::string bytes;
  for (size_t at = 0; at < token.size();) {
    const CodePoint point = decode_utf8(token, at);
    if (point.value >= kLimit || kBytes[point.value] < 0) return std::nullopt;
    bytes.push_back(static_cast<char>(static_cast<unsigned char>(kBytes[point.value])));
    at += point.size;
  }
  return bytes;
}

}  // namespace sbert::text
