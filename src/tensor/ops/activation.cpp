#include "tensor/ops/activation.h"

#include <cmath>

#include "base/threads.h"
#include "kernels/kernel_table.h"

namespace sbert {
namespace {

constexpr int64_t kElementsPerTask = 1 << 13;

template <class T>
T forward(T x, Activation kind) {
  switch (kind) {
    case Activation::tanh:
      return std::tanh(x);
    case Activation::gelu:
      return x * T(0.5) * std::erfc(-x * T(0.70710678118654752440));
    case Activation::relu:
      return x > 0 ? x : T{0};
    case Activation::sigmoid:
      return 1 / (1 + std::exp(-x));
    case Activation::identity:
      break;
  }
  return x;
}

/// df/dx, given x and y = f(x).
template <class T>
T derivative(T x, T y, Activation kind) {
  switch (kind) {
    case Activation::tanh:
      return 1 - y * y;
    case Activation::gelu: {
      const T cdf = T(0.5) * std::erfc(-x * T(0.70710678118654752440));
      return cdf + x * std::exp(-x * x / 2) * T(0.39894228040143267794);
    }
    case Activation::relu:
      return x > 0 ? T{1} : T{0};
    case Activation::sigmoid:
      return y * (1 - y);
    case Activation::identity:
      break;
  }
  return 1;
}

}  // namespace

Var activate(Execution& run, const Var& x, Activation kind) {
  if (kind == Activation::identity) return x;
  auto y = make_variable(Tensor::empty(x->rows(), x->cols(), x->value.dtype()), x->requires_grad);
  with_scalar(x->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    parallel_for(x->value.size(), kElementsPerTask, [&](int64_t begin, int64_t end) {
      const T* from = x->value.data<T>();
      T* to = y->value.data<T>();
      for (int64_t i = begin; i < end; ++i)
        to[i] = forward(from[i], kind);
    });
  });
  if (!run.records(y)) return y;
  run.tape->record([x, y, kind] {
    Tensor dx = Tensor::empty(x->rows(), x->cols(), x->value.dtype());
    with_scalar(dx.dtype(), [&](auto zero) {
      using T = decltype(zero);
      parallel_for(dx.size(), kElementsPerTask, [&](int64_t begin, int64_t end) {
        const T* in = x->value.data<T>();
        const T* out = y->value.data<T>();
        const T* dy = y->gradient.data<T>();
        T* result = dx.data<T>();
        for (int64_t i = begin; i < end; ++i)
          result[i] = dy[i] * derivative(in[i], out[i], kind);
      });
    });
    accumulate_gradient(*x, std::move(dx));
  });
  return y;
}

Var dropout(Execution& run, const Var& x, double probability) {
  const DropoutMask mask = run.next_dropout(probability);
  if (mask.probability <= 0) return x;
  const auto apply = [mask](const Tensor& from) {
    Tensor to = Tensor::empty(from.rows(), from.cols(), from.dtype());
    const uint64_t first = mask.first_row * static_cast<uint64_t>(from.cols());
    with_scalar(from.dtype(), [&](auto zero) {
      using T = decltype(zero);
      parallel_for(from.size(), kElementsPerTask, [&](int64_t begin, int64_t end) {
        kernels<T>().dropout(from.data<T>() + begin, end - begin, mask, first + static_cast<uint64_t>(begin),
                             to.data<T>() + begin);
      });
    });
    return to;
  };
  auto y = make_variable(apply(x->value), x->requires_grad);
  if (run.records(y)) {
    run.tape->record([x, y, apply] { accumulate_gradient(*x, apply(y->gradient)); });
  }
  return y;
}

}  // namespace sbert
