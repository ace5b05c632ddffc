#pragma once

#include <cstdint>
#include <vector>

#include "tensor/parameter.h"

namespace sbert {

/// One term of an embedding sum: row `ids[t]` of `table` [entries, H] for every token t.
struct EmbeddingTerm {
  ParameterPtr table;
  std::vector<int32_t> ids;  ///< [T]
  int32_t fixed_row = -1;    ///< this row gets no gradient (the embedding of padding)
};

/// y[t] = sum over terms of table[ids[t]]: word + position + type embeddings of BERT. -> [T, H]
/// THROWS: corrupt_data if a table has no such row.
Var embedding_sum(Execution& run, const std::vector<EmbeddingTerm>& terms);

}  // namespace sbert
