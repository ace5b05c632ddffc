#include "text/normal_form.h"

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "text/transform.h"
#include "text/unicode.h"

namespace sbert::text {

namespace {

/// A character of the new text that may still move.
struct Placed : Change {
  uint8_t combining_class;
};

char32_t compose_with_hangul(char32_t a, char32_t b) {
  if (a >= kLeadFirst && a < kLeadFirst + kLeads && b >= kVowelFirst && b < kVowelFirst + kVowels) {
    return kHangulFirst + ((a - kLeadFirst) * kVowels + (b - kVowelFirst)) * kTrails;
  }
  if (is_hangul_syllable(a) && (a - kHangulFirst) % kTrails == 0 && b > kTrailBefore && b < kTrailBefore + kTrails) {
    return a + (b - kTrailBefore);
  }
  return unicode::compose(a, b);
}

/// Decomposes `text` and sorts each run of marks by combining class.
std::vector<Placed> decompose(std::string_view text, bool compatible) {
  std::vector<Placed> out;
  out.reserve(text.size());
  size_t first_mark = 0;  // start of the run of marks at the end of `out`
  const auto sort_marks = [&] {
    std::stable_sort(out.begin() + static_cast<std::ptrdiff_t>(first_mark), out.end(),
                     [](const Placed& a, const Placed& b) { return a.combining_class < b.combining_class; });
  };
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    at += point.size;
    int added = 0;
    const auto push = [&](char32_t c) {
      const uint8_t combining_class = unicode::combining_class(c);
      if (combining_class == 0) sort_marks();
      out.push_back({{c, added}, combining_class});
      if (combining_class == 0) first_mark = out.size();
      added = 1;
    };
    if (is_hangul_syllable(point.value)) {
      decompose_hangul(point.value, push);
      continue;
    }
    const auto parts =
        compatible ? unicode::compatibility_decomposition(point.value) : unicode::canonical_decomposition(point.value);
    if (parts.empty()) push(point.value);
    for (const char32_t c : parts)
      push(c);
  }
  sort_marks();
  return out;
}

/// Composes in place what `decompose` took apart.
void compose(std::vector<Placed>& text) {
  std::optional<size_t> starter;
  int last_class = -1;  // of the last mark kept since the starter
  size_t kept = 0;
  for (const Placed& next : text) {
    const bool blocked = last_class >= next.combining_class;
    if (starter && !blocked) {
      if (const char32_t composed = compose_with_hangul(text[*starter].c, next.c)) {
        text[*starter].c = composed;
        text[*starter].added += next.added - 1;
        continue;
      }
    }
    if (next.combining_class == 0) {
      starter = kept;
      last_class = -1;
    } else if (starter) {
      last_class = next.combining_class;
    }
    text[kept++] = next;
  }
  text.resize(kept);
}

/// Below these no character decomposes, composes with what follows it, or is a mark.
bool is_trivially_normal(std::string_view text, NormalForm form) {
  const bool composes = form == NormalForm::nfc;
  return std::ranges::all_of(text, [&](char byte) {
    const auto value = static_cast<unsigned char>(byte);
    return value < 0x80 || (composes && value <= 0xcb);  // U+02FF is cb bf
  });
}

}  // namespace

void to_normal_form(TrackedText& text, NormalForm form) {
  if (is_trivially_normal(text.view(), form)) return;
  std::vector<Placed> changes = decompose(text.view(), form == NormalForm::nfkd || form == NormalForm::nfkc);
  if (form == NormalForm::nfc || form == NormalForm::nfkc) compose(changes);
  transform(text, changes);
}

}  // namespace sbert::text
