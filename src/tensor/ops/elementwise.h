#pragma once

#include <span>

#include "tensor/variable.h"

namespace sbert {

/// factor * x + offset
Var affine(Execution& run, const Var& x, double factor, double offset);

/// |x|; its derivative at 0 is 0.
Var absolute(Execution& run, const Var& x);

/// x - y
Var subtract(Execution& run, const Var& x, const Var& y);

/// x * y, element by element.
Var multiply(Execution& run, const Var& x, const Var& y);

/// x + constant. -infinity masks an element: it gets no gradient from a soft-max.
Var add_constant(Execution& run, const Var& x, const Tensor& constant);

/// sum_i weights_i * terms_i of matrices of one shape.
Var weighted_sum(Execution& run, std::span<const Var> terms, std::span<const double> weights);

}  // namespace sbert
