#include "base/fail.h"

#include <string_view>

namespace sbert {

std::string one_line(const std::string& text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  constexpr unsigned char kDelete = 0x7f;
  std::string line;
  line.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= ' ' && byte != kDelete) {
      line += c;
    } else if (c == '\n') {
      line += "\\n";
    } else if (c == '\t') {
      line += "\\t";
    } else {
      line += "\\x";
      line += kHex[byte >> 4];
      line += kHex[byte & 15];
    }
  }
  return line;
}

}  // namespace sbert
