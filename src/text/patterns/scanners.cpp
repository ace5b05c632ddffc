#include "text/patterns/scanners.h"

#include <array>
#include <string>

#include "text/unicode.h"
#include "text/utf8.h"

namespace sbert::text {

namespace {

enum class ScannerKind : uint8_t { letter, number, space, other };

ScannerKind kind_of(char32_t c) {
  const uint16_t flags = unicode::record(c).flags;
  if (flags & unicode::letter) return ScannerKind::letter;
  if (flags & unicode::number) return ScannerKind::number;
  return flags & unicode::white_space ? ScannerKind::space : ScannerKind::other;
}

constexpr std::array<ScannerKind, 128> kAsciiKinds = [] {
  std::array<ScannerKind, 128> kinds{};
  for (size_t c = 0; c < kinds.size(); ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool number = c >= '0' && c <= '9';
    const bool space = c == ' ' || (c >= '\t' && c <= '\r');
    kinds[c] = letter   ? ScannerKind::letter
               : number ? ScannerKind::number
               : space  ? ScannerKind::space
                        : ScannerKind::other;
  }
  return kinds;
}();

struct Character {
  ScannerKind kind;
  uint32_t size;
};

Character character_at(std::string_view text, size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return {kAsciiKinds[byte], 1};
  const CodePoint point = decode_utf8(text, at);
  return {kind_of(point.value), point.size};
}

/// End of the run of characters of one kind at `at`.
size_t skip(std::string_view text, size_t at, ScannerKind kind) {
  while (at < text.size()) {
    const Character next = character_at(text, at);
    if (next.kind != kind) break;
    at += next.size;
  }
  return at;
}

/// A contraction whatever the case; the long s (U+017F) is an s then.
size_t scan_contraction_any_case(std::string_view text, size_t at) {
  if (text[at] != '\'') return at;
  if (text.substr(at + 1).starts_with("\xc5\xbf")) return at + 3;
  std::string lowered(text.substr(at, 3));
  for (char& c : lowered) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return at + scan_contraction(lowered, 0);
}

/// \s+(?!\S)|\s+ : all of the white space, but its last character is left to a word that follows.
size_t scan_space_before_word(std::string_view text, size_t at) {
  const size_t end = skip(text, at, ScannerKind::space);
  if (end == text.size()) return end;
  const size_t last = previous_character(text, end);
  return last == at ? end : last;
}

bool is_newline(char c) {
  return c == '\r' || c == '\n';
}

template <int kMaxDigits>
size_t scan_tiktoken(std::string_view text, size_t at) {
  if (const size_t end = scan_contraction_any_case(text, at); end != at) return end;
  const Character first = character_at(text, at);
  const size_t second = at + first.size;
  if (first.kind == ScannerKind::letter) return skip(text, second, ScannerKind::letter);
  if (first.kind == ScannerKind::number) {
    size_t end = second;
    for (int digits = 1; digits < kMaxDigits && end < text.size(); ++digits) {
      const Character next = character_at(text, end);
      if (next.kind != ScannerKind::number) break;
      end += next.size;
    }
    return end;
  }
  const bool more = second < text.size();
  const ScannerKind next_kind = more ? character_at(text, second).kind : ScannerKind::space;
  if (more && !is_newline(text[at]) && next_kind == ScannerKind::letter) return skip(text, second, ScannerKind::letter);
  if (first.kind == ScannerKind::other || (text[at] == ' ' && more && next_kind == ScannerKind::other)) {
    size_t end = skip(text, second, ScannerKind::other);
    while (end < text.size() && is_newline(text[end]))
      ++end;
    return end;
  }
  const size_t end = skip(text, at, ScannerKind::space);
  for (size_t newline = end; newline > at; --newline) {
    if (is_newline(text[newline - 1])) return newline;
  }
  return scan_space_before_word(text, at);
}

}  // namespace

size_t scan_contraction(std::string_view text, size_t at) {
  if (text[at] != '\'' || at + 1 == text.size()) return at;
  const char first = text[at + 1];
  if (first == 's' || first == 't' || first == 'm' || first == 'd') return at + 2;
  if (at + 2 == text.size()) return at;
  const char second = text[at + 2];
  const bool two =
      (first == 'r' && second == 'e') || (first == 'v' && second == 'e') || (first == 'l' && second == 'l');
  return two ? at + 3 : at;
}

size_t scan_gpt2(std::string_view text, size_t at) {
  if (const size_t end = scan_contraction(text, at); end != at) return end;
  Character first = character_at(text, at);
  size_t from = at;
  if (text[at] == ' ' && at + 1 < text.size()) {
    const Character second = character_at(text, at + 1);
    if (second.kind != ScannerKind::space) {
      first = second;
      from = at + 1;
    }
  }
  if (first.kind == ScannerKind::space) return scan_space_before_word(text, at);
  return skip(text, from + first.size, first.kind);
}

size_t scan_qwen(std::string_view text, size_t at) {
  return scan_tiktoken<1>(text, at);
}
size_t scan_cl100k(std::string_view text, size_t at) {
  return scan_tiktoken<3>(text, at);
}

size_t scan_clip(std::string_view text, size_t at) {
  if (const size_t end = scan_contraction(text, at); end != at) return end;
  const Character first = character_at(text, at);
  if (first.kind == ScannerKind::space) return at;
  if (first.kind == ScannerKind::number) return at + first.size;
  return skip(text, at + first.size, first.kind);
}

size_t scan_clip_with_specials(std::string_view text, size_t at) {
  for (const std::string_view special : {"<|startoftext|>", "<|endoftext|>"})
    if (text.substr(at).starts_with(special)) return at + special.size();
  return scan_clip(text, at);
}

size_t scan_white_space(std::string_view text, size_t at) {
  return skip(text, at, ScannerKind::space);
}

}  // namespace sbert::text
