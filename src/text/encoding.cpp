#include "text/encoding.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

#include "base/fail.h"
#include "text/utf8.h"

namespace sbert::text {

namespace {

constexpr unsigned kFirstControl = 0x80, kLastControl = 0x9f;

/// What windows-1252 has at 0x80 to 0x9f; 0 is no character. Elsewhere bytes are the first 256 characters of Unicode,
/// as in Latin-1.
constexpr std::array<char32_t, 32> kWindows1252{0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                                0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
                                                0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                                0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

[[noreturn]] void fail_byte(unsigned byte, size_t at, TextEncoding encoding, const std::string& where) {
  char hex[8];
  std::snprintf(hex, sizeof hex, "0x%02x", byte);
  const bool latin1 = encoding == TextEncoding::latin1;
  fail(ErrorCode::corrupt_data, where, ": byte ", at + 1, " (", hex, ") is ",
       latin1 ? "a control character in Latin-1, and a printable one in windows-1252; read the file with --encoding "
                "windows-1252"
              : "no character of windows-1252; convert the file to UTF-8");
}

}  // namespace

std::string decode_bytes(std::string_view bytes, TextEncoding encoding, const std::string& where) {
  std::string text;
  text.reserve(bytes.size());
  for (size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    char32_t character = byte;
    if (byte >= kFirstControl && byte <= kLastControl) {
      const char32_t printable = kWindows1252[byte - kFirstControl];
      const bool bad = encoding == TextEncoding::latin1 ? printable != 0 : printable == 0;
      if (bad) fail_byte(byte, i, encoding, where);
      if (encoding == TextEncoding::windows1252) character = printable;
    }
    append_utf8(text, character);
  }
  return text;
}

}  // namespace sbert::text
