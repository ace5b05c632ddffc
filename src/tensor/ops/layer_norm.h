#pragma once

#include "tensor/variable.h"

namespace sbert {

/// LayerNorm(dropout(x) + residual) * gamma + beta, row by row; residual may be null. x, residual [T, H]; gamma and
/// beta [1, H]. In bf16 mode the result also carries its rounded copy.
Var add_layer_norm(Execution& run, const Var& x, const Var& residual, const Var& gamma, const Var& beta, double epsilon,
                   double dropout);

}  // namespace sbert
