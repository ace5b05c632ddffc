#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sbert::text {

/// One character of a UTF-8 string and the bytes it took.
struct CodePoint {
  char32_t value;
  uint32_t size;
};

/// The character that starts at `text[at]`. REQUIRES: `text` is valid UTF-8 and `at` is the start of a character.
inline CodePoint decode_utf8(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[at + i])); };
  const char32_t first = byte(0);
  if (first < 0x80) return {first, 1};
  if (first < 0xe0) return {(first & 0x1f) << 6 | (byte(1) & 0x3f), 2};
  if (first < 0xf0) return {(first & 0x0f) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f), 3};
  return {(first & 0x07) << 18 | (byte(1) & 0x3f) << 12 | (byte(2) & 0x3f) << 6 | (byte(3) & 0x3f), 4};
}

/// Start of the character that ends before `end`. REQUIRES: `end > 0`, valid UTF-8.
inline size_t previous_character(std::string_view text, size_t end) {
  do
    --end;
  while ((static_cast<unsigned char>(text[end]) & 0xc0) == 0x80);
  return end;
}

inline uint32_t utf8_size(char32_t c) {
  return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

/// Writes the character at `out`, which must have room for four bytes; returns how many it took.
inline size_t encode_utf8(char32_t c, char* out) {
  const auto byte = [](char32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  if (c < 0x80) {
    out[0] = byte(c);
    return 1;
  }
  if (c < 0x800) {
    out[0] = byte(0xc0 | c >> 6);
    out[1] = byte(0x80 | (c & 0x3f));
    return 2;
  }
  if (c < 0x10000) {
    out[0] = byte(0xe0 | c >> 12);
    out[1] = byte(0x80 | (c >> 6 & 0x3f));
    out[2] = byte(0x80 | (c & 0x3f));
    return 3;
  }
  out[0] = byte(0xf0 | c >> 18);
  out[1] = byte(0x80 | (c >> 12 & 0x3f));
  out[2] = byte(0x80 | (c >> 6 & 0x3f));
  out[3] = byte(0x80 | (c & 0x3f));
  return 4;
}

inline void append_utf8(std::string& out, char32_t c) {
  char bytes[4];
  out.append(bytes, encode_utf8(c, bytes));
}

/// Number of characters. REQUIRES: valid UTF-8.
inline size_t count_characters(std::string_view text) {
  size_t count = 0;
  for (const char byte : text)
    count += (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
  return count;
}

/// Offset of the first byte that cannot be part of valid UTF-8 (overlong forms, surrogates and values above U+10FFFF
/// are invalid); `std::string_view::npos` if the text is valid.
size_t find_invalid_utf8(std::string_view text);

/// THROWS: corrupt_data, naming the byte, unless `text` is valid UTF-8.
void require_utf8(std::string_view text);

/// The text with a "�" for each part that cannot be read; a part is as long as it could have begun a character.
std::string to_valid_utf8(std::string_view bytes);

}  // namespace sbert::text
