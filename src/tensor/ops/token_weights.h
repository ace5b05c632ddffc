#pragma once

#include "tensor/packed_batch.h"
#include "tensor/variable.h"

namespace sbert {

/// y_t = w_t x_t: x [T, H], weights [T, 1].
Var scale_rows(Execution& run, const Var& x, const Var& weights);

/// Sums over the tokens of each sequence: x [T, H] -> [N, H]. `batch` must live until the tape has run.
Var sum_sequences(Execution& run, const Var& x, const PackedBatch& batch);

}  // namespace sbert
