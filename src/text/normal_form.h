#pragma once

#include "text/tracked_text.h"
#include "text/unicode.h"

namespace sbert::text {

/// Unicode's normalization forms, in the Unicode version that Hugging Face's tokenizers use (about 12).
enum class NormalForm { nfd, nfc, nfkd, nfkc };

/// Rewrites `text` in the form. A text that is already in it costs one look at its bytes.
void to_normal_form(TrackedText& text, NormalForm form);

constexpr char32_t kHangulFirst = 0xac00, kHangulLast = 0xd7a3;
constexpr char32_t kLeadFirst = 0x1100, kVowelFirst = 0x1161, kTrailBefore = 0x11a7;
constexpr char32_t kLeads = 19, kVowels = 21, kTrails = 28;

inline bool is_hangul_syllable(char32_t c) {
  return c >= kHangulFirst && c <= kHangulLast;
}

/// Calls `emit(part)` for each character of a Hangul syllable.
template <class Emit>
void decompose_hangul(char32_t c, Emit emit) {
  const char32_t index = c - kHangulFirst;
  emit(kLeadFirst + index / (kVowels * kTrails));
  emit(kVowelFirst + index % (kVowels * kTrails) / kTrails);
  if (index % kTrails != 0) emit(kTrailBefore + index % kTrails);
}

/// Calls `emit(part)` for each character of the canonical decomposition of `c`, for `c` itself if it has none.
template <class Emit>
void decompose_canonically(char32_t c, Emit emit) {
  if (is_hangul_syllable(c)) return decompose_hangul(c, emit);
  const auto parts = unicode::canonical_decomposition(c);
  if (parts.empty()) return emit(c);
  for (const char32_t part : parts)
    emit(part);
}

}  // namespace sbert::text
