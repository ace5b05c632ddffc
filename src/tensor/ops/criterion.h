#pragma once

#include <cstdint>
#include <span>

#include "tensor/variable.h"

namespace sbert {

/// mean_i (x_i - target_i)^2 over [N, 1] -> [1, 1]
Var mean_squared_error(Execution& run, const Var& x, std::span<const float> targets);

/// mean_i (log sum_j exp(scale * scores_ij) - scale * scores_i,target_i) over [N, M] -> [1, 1]
Var cross_entropy(Execution& run, const Var& scores, std::span<const int64_t> targets, double scale);

}  // namespace sbert
