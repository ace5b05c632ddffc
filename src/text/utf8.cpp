#include "text/utf8.h"

#include <algorithm>
#include <cstring>

#include "base/fail.h"

namespace sbert::text {

namespace {

/// Size of the valid character at the start of `bytes`, 0 if there is none.
size_t valid_character_size(std::string_view bytes) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const auto continues = [&](size_t i) { return i < bytes.size() && (byte(i) & 0xc0) == 0x80; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xc2) return 0;
  if (first < 0xe0) return continues(1) ? 2 : 0;
  if (first < 0xf0) {
    if (!continues(1) || !continues(2)) return 0;
    const bool overlong = first == 0xe0 && byte(1) < 0xa0;
    const bool surrogate = first == 0xed && byte(1) >= 0xa0;
    return overlong || surrogate ? 0 : 3;
  }
  if (first > 0xf4 || !continues(1) || !continues(2) || !continues(3)) return 0;
  const bool overlong = first == 0xf0 && byte(1) < 0x90;
  const bool too_large = first == 0xf4 && byte(1) >= 0x90;
  return overlong || too_large ? 0 : 4;
}

/// Size of the longest beginning of a character at the start of `bytes`, where there is no valid one; at least 1.
size_t broken_character_size(std::string_view bytes) {
  // A beginning is one if some bytes would complete it: all that may follow the second byte may follow any.
  constexpr std::string_view rest = "\x80\x80";
  for (size_t size = std::min<size_t>(bytes.size(), 3); size > 1; --size) {
    for (size_t missing = 1; missing <= rest.size(); ++missing) {
      const std::string whole = std::string(bytes.substr(0, size)) + std::string(rest.substr(0, missing));
      if (valid_character_size(whole) == whole.size()) return size;
    }
  }
  return 1;
}

}  // namespace

std::string to_valid_utf8(std::string_view bytes) {
  std::string out;
  for (size_t bad = find_invalid_utf8(bytes); bad != bytes.npos; bad = find_invalid_utf8(bytes)) {
    out.append(bytes.substr(0, bad)).append("\ufffd");
    bytes.remove_prefix(bad + broken_character_size(bytes.substr(bad)));
  }
  return out.append(bytes);
}

size_t find_invalid_utf8(std::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    uint64_t eight = 0;
    if (at + 8 <= text.size()) {
      std::memcpy(&eight, text.data() + at, 8);
      if ((eight & 0x8080808080808080u) == 0) {
        at += 8;
        continue;
      }
    }
    const size_t size = valid_character_size(text.substr(at));
    if (size == 0) return at;
    at += size;
  }
  return std::string_view::npos;
}

void require_utf8(std::string_view text) {
  if (const size_t bad = find_invalid_utf8(text); bad != std::string_view::npos) {
    fail(ErrorCode::corrupt_data, "text is not valid UTF-8: byte ", bad, " cannot be read");
  }
}

}  // namespace sbert::text
