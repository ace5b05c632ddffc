#pragma once

#include "tensor/packed_batch.h"
#include "tensor/variable.h"

namespace sbert {

/// Token embeddings [T, H] -> one row a sequence [N, H].
Var pool_mean(Execution& run, const Var& tokens, const PackedBatch& batch, bool sqrt_length);
Var pool_max(Execution& run, const Var& tokens, const PackedBatch& batch);
Var pool_cls(Execution& run, const Var& tokens, const PackedBatch& batch);

}  // namespace sbert
