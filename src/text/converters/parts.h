#pragma once

#include "base/json.h"

/// Parts of a tokenizer.json that several classes of transformers have.
namespace sbert::text {

Json replace_string(const char* wanted, const char* content);
Json replace_regex(const char* pattern, const char* content);
Json lowercase_part();
Json strip_right();
Json metaspace(const char* prepend_scheme, bool split = true);
/// Words between white space, each with a "▁" before it.
Json metaspace_words(const char* prepend_scheme);
Json normalizer_sequence(Json steps);
Json decoder_sequence(Json steps);
/// "``" and "''" as quotation marks.
Json quotation_marks();

}  // namespace sbert::text
