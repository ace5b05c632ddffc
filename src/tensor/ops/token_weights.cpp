#include "tensor/ops/token_weights.h"

#include <algorithm>
#include <utility>

#include "base/threads.h"
#include "kernels/kernel_table.h"

namespace sbert {
namespace {

constexpr int64_t kWeightedRowsPerTask = 64;

}  // namespace

Var scale_rows(Execution& run, const Var& x, const Var& weights) {
  const int64_t cols = x->cols();
  auto y = make_variable(Tensor::empty(x->rows(), cols, x->value.dtype()), x->requires_grad || weights->requires_grad);
  with_scalar(x->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    parallel_for(x->rows(), kWeightedRowsPerTask, [&](int64_t begin, int64_t end) {
      for (int64_t t = begin; t < end; ++t) {
        const T weight = weights->value.data<T>()[t];
        std::transform(x->value.row<T>(t), x->value.row<T>(t) + cols, y->value.row<T>(t),
                       [weight](T value) { return weight * value; });
      }
    });
  });
  if (!run.records(y)) return y;
  run.tape->record([x, weights, y, cols] {
    const DType dtype = x->value.dtype();
    Tensor dx = Tensor::zeros(x->rows(), cols, dtype);
    Tensor dweights = Tensor::empty(x->rows(), 1, dtype);
    with_scalar(dtype, [&](auto zero) {
      using T = decltype(zero);
      parallel_for(x->rows(), kWeightedRowsPerTask, [&](int64_t begin, int64_t end) {
        for (int64_t t = begin; t < end; ++t) {
          const T* dy = y->gradient.row<T>(t);
          kernels<T>().add_scaled(weights->value.data<T>()[t], dy, cols, dx.row<T>(t));
          dweights.data<T>()[t] = kernels<T>().dot(dy, x->value.row<T>(t), cols);
        }
      });
    });
    if (x->requires_grad) accumulate_gradient(*x, std::move(dx));
    if (weights->requires_grad) accumulate_gradient(*weights, std::move(dweights));
  });
  return y;
}

Var sum_sequences(Execution& run, const Var& x, const PackedBatch& batch) {
  const int64_t cols = x->cols();
  auto sums = make_variable(Tensor::empty(batch.sequences(), cols, x->value.dtype()), x->requires_grad);
  with_scalar(x->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    for (int64_t i = 0; i < batch.sequences(); ++i)
      kernels<T>().sum_tokens(x->value.row<T>(batch.begin(i)), batch.length(i), cols, T{1}, sums->value.row<T>(i));
  });
  if (!run.records(sums)) return sums;
  run.tape->record([x, sums, &batch, cols] {
    if (!sums->gradient.defined()) return;  // nobody may have divided by it
    Tensor dx = Tensor::empty(x->rows(), cols, x->value.dtype());
    with_scalar(dx.dtype(), [&](auto zero) {
      using T = decltype(zero);
      for (int64_t i = 0; i < batch.sequences(); ++i) {
        for (int64_t t = batch.begin(i); t < batch.begin(i + 1); ++t)
          std::copy_n(sums->gradient.row<T>(i), cols, dx.row<T>(t));
      }
    });
    accumulate_gradient(*x, std::move(dx));
  });
  return sums;
}

}  // namespace sbert
