#pragma once

#include <cstdint>
#include <vector>

#include "tensor/packed_batch.h"
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

/// y[i] = mean of the table's rows of the tokens of sequence i, 0 without tokens: what `pool_mean` makes of
/// `embedding_sum`, to the bit, but no token's embedding is written down on the way. -> [N, H]
/// REQUIRES: as above; `batch` must live until the tape has run.
Var embedding_mean(Execution& run, const ParameterPtr& table, const PackedBatch& batch);

}  // namespace sbert
