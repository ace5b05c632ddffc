#pragma once

#include <utility>

#include "tensor/variable.h"

namespace sbert {

/// A function of a matrix whose value is one number and which knows its own derivative: `body(x, dx)` returns f(x) and
/// adds df/dx, both in row order, to dx, which is 0 at first. -> [1, 1]. What a loss does with its similarities is
/// small and seldom built from parts that others need, so it stands in the loss as in the paper. The body is a generic
/// function: T is float or double.
template <class Body>
Var scalar_function(Execution& run, const Var& x, const Body& body) {
  const DType dtype = x->value.dtype();
  auto y = make_variable(Tensor::empty(1, 1, dtype), x->requires_grad);
  Tensor slope = Tensor::zeros(x->rows(), x->cols(), dtype);
  with_scalar(dtype, [&](auto zero) {
    using T = decltype(zero);
    const T* values = x->value.template data<T>();
    *y->value.template data<T>() = static_cast<T>(body(values, slope.data<T>()));
  });
  if (run.records(y)) {
    run.tape->record([x, y, slope] {
      if (!y->gradient.defined()) return;
      with_scalar(slope.dtype(), [&](auto zero) {
        using T = decltype(zero);
        const T factor = *y->gradient.template data<T>();
        for (int64_t i = 0; i < slope.size(); ++i)
          slope.data<T>()[i] *= factor;
      });
      accumulate_gradient(*x, slope);
    });
  }
  return y;
}

}  // namespace sbert
