#pragma once

#include <cstdint>

#include "tensor/packed_batch.h"
#include "tensor/variable.h"

namespace sbert {

/// Self-attention inside each sequence of a packed batch: qkv [T, 3H] (query, key, value side by side) -> [T, H].
/// `dropout` is the probability of dropping an attention weight. In bf16 mode without recording the result is bf16
/// only. `batch` must live until the tape has run.
Var attention(Execution& run, const Var& qkv, const PackedBatch& batch, int64_t heads, double dropout);

}  // namespace sbert
