#pragma once

#include <cstddef>
#include <cstdint>

/// The arrays of unicode_tables.cpp, which tools/generate_unicode_tables.py writes; read them through unicode.h.
/// A pair `x_blocks`, `x_values` is a two-stage table: the value of c is x_values[x_blocks[c / 128] * 128 + c % 128].
namespace sbert::text::unicode::tables {

struct Record {
  uint16_t flags;
  uint8_t combining_class;
  uint8_t grapheme;  // unicode::Grapheme
};

struct Composition {
  char32_t first, second, composed;
};

extern const Record records[];
extern const uint16_t record_blocks[];
extern const uint8_t record_values[];

/// A character's lower case is the character plus a delta.
extern const int32_t lower_deltas[];
extern const uint8_t lower_blocks[], lower_values[];

/// Where in `mapping_pool` a character's full decomposition is (its length, then its characters); 0: it has none.
/// `compatible` lists only characters whose compatibility decomposition is not their canonical one.
extern const uint8_t canonical_blocks[], compatible_blocks[];
extern const uint16_t canonical_values[], compatible_values[];
extern const char32_t mapping_pool[];

/// The script of the characters from `first` to the next range, of scripts numbered anyhow; 0: "Any".
struct ScriptRange {
  char32_t first;
  uint8_t script;
};
extern const ScriptRange script_ranges[];
extern const size_t script_range_count;

/// What the reference's regular expressions find beyond Unicode 14, which PCRE2 may have, in a general category: "Lu";
/// everything that they find in a script: "Han"; what they find with \w in none of the categories L, M, Nd, Nl and Pc:
/// "w"; and what they only find with a \w that is not in a class: "lone w".
struct CategoryRange {
  const char* category;
  char32_t first, last;
};
extern const CategoryRange category_ranges[];
extern const size_t category_range_count;

/// Pairs of characters that compose to one, sorted.
extern const Composition compositions[];
extern const size_t composition_count;

}  // namespace sbert::text::unicode::tables
