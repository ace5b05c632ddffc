#pragma once

#include <span>

#include "tensor/variable.h"

namespace sbert::losses {

/// log(1 + sum over pairs with y_i > y_j of exp(scale (s_j - s_i))) for scores s [N, 1] and labels y [N] -> [1, 1]:
/// wherever a higher label has not a much higher score, there is something to learn. O(N log N).
Var cosent(Execution& run, const Var& scores, std::span<const float> labels, double scale);

}  // namespace sbert::losses
