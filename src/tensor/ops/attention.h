#pragma once

#include <cstdint>
#include <vector>

#include "tensor/packed_batch.h"
#include "tensor/variable.h"

namespace sbert {

/// Self-attention inside each sequence of a packed batch: qkv [T, 3H] (query, key, value side by side) -> [T, H].
/// `dropout` is the probability of dropping an attention weight. `bias`, if given, is what relative_bias() makes for
/// the longest sequence of the batch. In bf16 mode without recording the result is bf16 only. `batch` must live until
/// the tape has run.
Var attention(Execution& run, const Var& qkv, const PackedBatch& batch, int64_t heads, double dropout,
              const Var& bias = nullptr);

/// What attention adds to the scaled score of query i and key j: row `buckets[L - 1 + j - i]` of table [B, heads].
/// -> [heads, 2 L - 1], a row for each head, from distance j - i = -(L - 1) to L - 1. REQUIRES: buckets below B.
Var relative_bias(Execution& run, const Var& table, const std::vector<int32_t>& buckets);

/// The same for attention to the left: nothing for keys up to the query, -infinity for those behind it. A constant.
Var causal_bias(int64_t heads, int64_t longest, DType dtype);

}  // namespace sbert
