#pragma once

#include <span>

#include "tensor/variable.h"

namespace sbert {

/// sum_l w_l h_l / sum_l w_l of matrices of one shape: layers, each [T, H]; weights [1, layers].
Var layer_mean(Execution& run, std::span<const Var> layers, const Var& weights);

}  // namespace sbert
