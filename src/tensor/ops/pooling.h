#pragma once

#include "tensor/packed_batch.h"
#include "tensor/variable.h"

namespace sbert {

/// What is pooled. A sequence of which nothing is left is 0.
struct PoolingInput {
  const Var& tokens;         ///< [T, H]
  const PackedBatch& batch;  ///< must live until the tape has run
  bool include_prompt = true;
  Var token_weights_sum{};  ///< [N, 1]: what means divide by instead of their own weights' sum; or null
};

/// Token embeddings [T, H] -> one row a sequence [N, H].
/// Means: sum_t w_t x_t / max(sum_t w_t, 1e-9), where w_t is 1; the square root of the length divides instead; w_t is
/// the token's place, from 1 on, counted with the prompt even where that is left out.
Var pool_mean(Execution& run, const PoolingInput& input);
Var pool_mean_sqrt_length(Execution& run, const PoolingInput& input);
Var pool_weighted_mean(Execution& run, const PoolingInput& input);
Var pool_max(Execution& run, const PoolingInput& input);
/// Where the prompt is left out and is all there is, the first token is that of the prompt, as in Python.
Var pool_first(Execution& run, const PoolingInput& input);
Var pool_last(Execution& run, const PoolingInput& input);

}  // namespace sbert
