#pragma once

#include "tensor/packed_batch.h"
#include "tensor/variable.h"

namespace sbert {

/// What a convolution over the tokens of each sequence sees: y[t, i * window + j] = x[t + j - window / 2, i], and 0
/// where that is outside the sequence. x [T, C] -> [T, C * window], x itself where the window is 1; a linear map of it
/// with torch.nn.Conv1d's weight [out, C, window] is that convolution. `batch` must live until the tape has run.
/// REQUIRES: window is odd.
Var unfold(Execution& run, const Var& x, const PackedBatch& batch, int64_t window);

}  // namespace sbert
