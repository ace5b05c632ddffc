#pragma once

#include <functional>

#include "text/converters/sources.h"

namespace sbert::text {

// Vocabularies as the "vocab" (and "merges") of a model in a tokenizer.json: taken out of the directory's
// tokenizer.json, or made of the files that came before it. All throw not_found, io, corrupt_data.

Json read_wordpiece_vocabulary(TokenizerSources& sources);
Json read_bpe_vocabulary(TokenizerSources& sources);

/// The vocabulary of a sentencepiece model in `file`, or tokenizer.model, is read into `sources.spm`, and `convert`
/// makes a "vocab" of it.
Json read_unigram_vocabulary(TokenizerSources& sources, const char* file,
                             const std::function<Json(const SentencePieceModel& spm)>& convert);

/// The pieces with their scores that the directory's tokenizer.json lists.
Json read_listed_pieces(TokenizerSources& sources);

/// Reads `file`, or tokenizer.model, into `sources.spm`.
void read_sentencepiece_file(TokenizerSources& sources, const char* file);

/// [["piece", score], ...] from piece `begin` on.
Json scored_pieces(const SentencePieceModel& spm, size_t begin = 0);
/// "vocab" and "merges" of a BPE model: two pieces are a merge if what they make is a piece.
Json merged_pieces(const SentencePieceModel& spm);
/// Pieces that are found in the text itself: control symbols, which are special, and those that a user defined.
std::vector<Json> symbol_tokens(const TokenizerSources& sources);
/// The Precompiled normalizer of the sentencepiece model or of the tokenizer.json; null if there is none.
Json precompiled_normalizer(const TokenizerSources& sources);

}  // namespace sbert::text
