#pragma once

#include <cstdint>
#include <span>

#include "text/unicode_tables.h"

/// What Hugging Face's tokenizers believe about characters. They mix several versions of Unicode, so these are tables
/// of their answers and not those of any one Unicode library (tools/generate_unicode_tables.py). All functions are
/// pure.
namespace sbert::text::unicode {

enum Flag : uint16_t {
  bert_removed = 1 << 0,     ///< BertNormalizer's clean_text drops it.
  white_space = 1 << 1,      ///< Rust's char::is_whitespace.
  punctuation = 1 << 2,      ///< A word of its own for BertPreTokenizer: ASCII punctuation and P*.
  nonspacing_mark = 1 << 3,  ///< BertNormalizer's strip_accents drops it.
  combining_mark = 1 << 4,   ///< The StripAccents normalizer drops it.
  letter = 1 << 5,           ///< \p{L} in a tokenizer's regular expression.
  number = 1 << 6,           ///< \p{N} there.
  word = 1 << 7,             ///< \w of the `single_word` rule.
  numeric = 1 << 8,          ///< Rust's char::is_numeric.
  cased = 1 << 9,            ///< With case_ignorable: says which sigma ends a word.
  case_ignorable = 1 << 10,
};

/// Classes of characters in the rules for where a grapheme cluster ends (UAX 29).
enum class Grapheme : uint8_t {
  other,
  control,
  carriage_return,
  line_feed,
  linker,           ///< Extend, and joins the consonants of a conjunct, like the virama.
  conjunct_extend,  ///< Extend, and does not part the consonants of a conjunct.
  extend,
  joiner,  ///< U+200D
  spacing_mark,
  prepend,
  pictograph,
  leading,
  vowel,
  trailing,
  syllable_lv,
  syllable_lvt,
  consonant,  ///< Of a script with conjuncts.
};

inline const tables::Record& record(char32_t c) {
  return tables::records[tables::record_values[tables::record_blocks[c >> 7] << 7 | (c & 127)]];
}

inline bool has(char32_t c, Flag flag) {
  return (record(c).flags & flag) != 0;
}
inline bool is_white_space(char32_t c) {
  return has(c, white_space);
}
inline uint8_t combining_class(char32_t c) {
  return record(c).combining_class;
}

inline Grapheme grapheme_class(char32_t c) {
  return static_cast<Grapheme>(record(c).grapheme);
}

/// Lower case of one character without regard to its neighbours. U+0130 alone becomes two: "i" and U+0307, of which
/// this is the first.
inline char32_t to_lower(char32_t c) {
  const auto delta = tables::lower_deltas[tables::lower_values[tables::lower_blocks[c >> 7] << 7 | (c & 127)]];
  return static_cast<char32_t>(static_cast<int32_t>(c) + delta);
}
constexpr char32_t kCapitalIWithDot = 0x130, kCombiningDotAbove = 0x307;

inline std::span<const char32_t> pool_entry(size_t offset) {
  return {tables::mapping_pool + offset + 1, tables::mapping_pool[offset]};
}

/// Full canonical decomposition, not for Hangul syllables; empty if the character does not decompose.
inline std::span<const char32_t> canonical_decomposition(char32_t c) {
  return pool_entry(tables::canonical_values[tables::canonical_blocks[c >> 7] << 7 | (c & 127)]);
}

/// Full compatibility decomposition, not for Hangul syllables; empty if the character does not decompose.
inline std::span<const char32_t> compatibility_decomposition(char32_t c) {
  const auto compatible = pool_entry(tables::compatible_values[tables::compatible_blocks[c >> 7] << 7 | (c & 127)]);
  return compatible.empty() ? canonical_decomposition(c) : compatible;
}

/// Number of a character's script for the UnicodeScripts pre-tokenizer, which takes kana for Chinese characters;
/// `kAnyScript` for spaces and characters that have none.
uint8_t script(char32_t c);
constexpr uint8_t kAnyScript = 0;

/// The character that two characters compose to, 0 if they do not. Not for Hangul.
char32_t compose(char32_t first, char32_t second);

}  // namespace sbert::text::unicode
