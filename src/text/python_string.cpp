#include "text/python_string.h"

#include <algorithm>

#include "text/unicode.h"
#include "text/utf8.h"

namespace sbert::text {
namespace {

constexpr char32_t kSigma = 0x3a3, kSmallSigma = 0x3c3, kFinalSigma = 0x3c2;

/// str.isspace: Rust's white space and the four ASCII separators.
bool is_python_space(char32_t c) {
  return (c >= 0x1c && c <= 0x1f) || unicode::is_white_space(c);
}

bool is_ascii_punctuation(char c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

/// Whether the character that decides, the first going on from `at` that is not case-ignorable, has a case.
bool cased_after(std::string_view text, size_t at) {
  while (at < text.size()) {
    const CodePoint c = decode_utf8(text, at);
    if (!unicode::has(c.value, unicode::case_ignorable)) return unicode::has(c.value, unicode::cased);
    at += c.size;
  }
  return false;
}

bool cased_before(std::string_view text, size_t at) {
  while (at > 0) {
    at = previous_character(text, at);
    const char32_t c = decode_utf8(text, at).value;
    if (!unicode::has(c, unicode::case_ignorable)) return unicode::has(c, unicode::cased);
  }
  return false;
}

}  // namespace

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  size_t begin = 0;
  for (size_t at = 0; at <= text.size();) {
    const CodePoint c = at < text.size() ? decode_utf8(text, at) : CodePoint{U' ', 1};
    if (is_python_space(c.value)) {
      if (at > begin) words.push_back(text.substr(begin, at - begin));
      begin = at + c.size;
    }
    at += c.size;
  }
  return words;
}

std::string_view strip_right(std::string_view text) {
  while (!text.empty()) {
    const size_t last = previous_character(text, text.size());
    if (!is_python_space(decode_utf8(text, last).value)) break;
    text = text.substr(0, last);
  }
  return text;
}

std::string_view strip_punctuation(std::string_view text) {
  const auto first = std::find_if_not(text.begin(), text.end(), is_ascii_punctuation);
  const auto last = std::find_if_not(text.rbegin(), std::make_reverse_iterator(first), is_ascii_punctuation).base();
  return {first, last};
}

std::string lower_case(std::string_view text) {
  std::string lower;
  lower.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    if (c.value == kSigma) {
      const bool final = cased_before(text, at) && !cased_after(text, at + c.size);
      append_utf8(lower, final ? kFinalSigma : kSmallSigma);
    } else {
      append_utf8(lower, unicode::to_lower(c.value));
      if (c.value == unicode::kCapitalIWithDot) append_utf8(lower, unicode::kCombiningDotAbove);
    }
    at += c.size;
  }
  return lower;
}

}  // namespace sbert::text
