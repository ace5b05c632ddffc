#include "cli/display.h"

#include "text/utf8.h"

namespace sbert::cli {

namespace {

struct Range {
  char32_t first, last;
};

constexpr Range kNoWidth[] = {{0x300, 0x36f}, {0x200b, 0x200f}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}};
constexpr Range kDoubleWidth[] = {{0x1100, 0x115f},   {0x2e80, 0xa4cf},   {0xac00, 0xd7a3},  {0xf900, 0xfaff},
                                  {0xfe30, 0xfe6f},   {0xff00, 0xff60},   {0xffe0, 0xffe6},  {0x1f300, 0x1f64f},
                                  {0x1f680, 0x1f6ff}, {0x1f900, 0x1faff}, {0x20000, 0x3fffd}};

template <size_t N>
bool is_in(const Range (&ranges)[N], char32_t c) {
  for (const Range& range : ranges) {
    if (c >= range.first && c <= range.last) return true;
  }
  return false;
}

size_t width_of(char32_t c) {
  if (is_in(kNoWidth, c)) return 0;
  return is_in(kDoubleWidth, c) ? 2 : 1;
}

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

}  // namespace

size_t display_width(std::string_view text) {
  size_t width = 0;
  for (size_t at = 0; at < text.size();) {
    const auto character = text::decode_utf8(text, at);
    width += width_of(character.value);
    at += character.size;
  }
  return width;
}

std::string shortened(std::string_view text, size_t width) {
  const bool fits = display_width(text) <= width;
  size_t left = fits ? width : width - 1;  // the ellipsis takes one
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const auto character = text::decode_utf8(text, at);
    if (width_of(character.value) > left) break;
    left -= width_of(character.value);
    out += is_control(character.value) ? " " : text.substr(at, character.size);
    at += character.size;
  }
  return fits ? out : out + "\u2026";
}

std::string padded_right(std::string text, size_t width) {
  const size_t taken = display_width(text);
  if (taken < width) text.append(width - taken, ' ');
  return text;
}

std::string padded_left(std::string text, size_t width) {
  const size_t taken = display_width(text);
  if (taken < width) text.insert(0, width - taken, ' ');
  return text;
}

std::string tsv_field(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\\':
        out += "\\\\";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace sbert::cli
