#include "tensor/ops/layer_norm.h"

#include "base/threads.h"
#include "kernels/kernel_table.h"

namespace sbert {
namespace {

constexpr int64_t kLayerNormRowsPerTask = 16;

/// `out` = dropout(x), which is its own backward.
template <class T>
void apply_dropout(const Tensor& x, const DropoutMask& mask, const Tensor& out) {
  parallel_for(x.rows(), kLayerNormRowsPerTask, [&](int64_t begin, int64_t end) {
    const uint64_t index = (mask.first_row + static_cast<uint64_t>(begin)) * static_cast<uint64_t>(x.cols());
    kernels<T>().dropout(x.row<T>(begin), (end - begin) * x.cols(), mask, index, out.row<T>(begin));
  });
}

struct LayerNormSaved {
  Tensor sum, mean, rstd;
};

template <class T>
void backward(const Variable& y, const Var& x, const Var& residual, const Var& gamma, const Var& beta,
              const LayerNormSaved& saved, const DropoutMask& mask) {
  const Tensor& dy = y.gradient;
  const auto& k = kernels<T>();
  const int64_t rows = dy.rows();
  const int64_t cols = dy.cols();
  if (gamma->requires_grad || beta->requires_grad) {
    if (!gamma->gradient.defined()) gamma->gradient = Tensor::zeros(1, cols, dy.dtype());
    if (!beta->gradient.defined()) beta->gradient = Tensor::zeros(1, cols, dy.dtype());
    parallel_for(cols, 64, [&](int64_t begin, int64_t end) {
      k.layer_norm_backward_parameters(dy.data<T>(), saved.sum.data<T>(), saved.mean.data<T>(), saved.rstd.data<T>(),
                                       rows, cols, begin, end, gamma->gradient.data<T>(), beta->gradient.data<T>());
    });
  }
  Tensor dsum = Tensor::empty(rows, cols, dy.dtype());
  parallel_for(rows, kLayerNormRowsPerTask, [&](int64_t begin, int64_t end) {
    k.layer_norm_backward(dy.row<T>(begin), saved.sum.row<T>(begin), gamma->value.data<T>(),
                          saved.mean.data<T>() + begin, saved.rstd.data<T>() + begin, end - begin, cols,
                          dsum.row<T>(begin));
  });
  if (residual != nullptr && residual->requires_grad) accumulate_gradient(*residual, dsum);
  if (!x->requires_grad) return;
  if (mask.probability > 0) {
    Tensor dx = Tensor::empty(rows, cols, dy.dtype());
    apply_dropout<T>(dsum, mask, dx);
    dsum = dx;
  }
  accumulate_gradient(*x, std::move(dsum));
}

template <class T>
void forward(const Tensor& x, const Var& residual, const Var& gamma, const Var& beta, double epsilon, const Tensor& y,
             const Tensor& rounded, const LayerNormSaved& saved) {
  parallel_for(x.rows(), kLayerNormRowsPerTask, [&](int64_t begin, int64_t end) {
    kernels<T>().layer_norm(x.row<T>(begin), residual != nullptr ? residual->value.row<T>(begin) : nullptr,
                            gamma->value.data<T>(), beta->value.data<T>(), static_cast<T>(epsilon), end - begin,
                            x.cols(), saved.sum.defined() ? saved.sum.row<T>(begin) : nullptr, y.row<T>(begin),
                            rounded.defined() ? rounded.row<BFloat16>(begin) : nullptr,
                            saved.mean.defined() ? saved.mean.data<T>() + begin : nullptr,
                            saved.rstd.defined() ? saved.rstd.data<T>() + begin : nullptr);
  });
}

}  // namespace

Var add_layer_norm(Execution& run, const Var& x, const Var& residual, const Var& gamma, const Var& beta, double epsilon,
                   double dropout) {
  const DropoutMask mask = run.next_dropout(dropout);
  const int64_t rows = x->rows();
  const int64_t cols = x->cols();
  const DType scalar = x->value.dtype();
  auto y = make_variable(Tensor::empty(rows, cols, scalar), x->requires_grad || gamma->requires_grad ||
                                                                beta->requires_grad ||
                                                                (residual != nullptr && residual->requires_grad));
  if (run.gemm_input == DType::bf16) y->rounded = Tensor::empty(rows, cols, DType::bf16);

  LayerNormSaved saved;
  if (run.records(y)) {
    saved = {Tensor::empty(rows, cols, scalar), Tensor::empty(1, rows, scalar), Tensor::empty(1, rows, scalar)};
  }
  with_scalar(scalar, [&](auto zero) {
    using T = decltype(zero);
    Tensor input = x->value;
    if (mask.probability > 0) {
      input = saved.sum.defined() ? saved.sum : Tensor::empty(rows, cols, scalar);
      apply_dropout<T>(x->value, mask, input);
    }
    forward<T>(input, residual, gamma, beta, epsilon, y->value, y->rounded, saved);
  });
  if (run.records(y)) {
    run.tape->record([y, x, residual, gamma, beta, saved, mask, scalar] {
      with_scalar(scalar, [&](auto zero) { backward<decltype(zero)>(*y, x, residual, gamma, beta, saved, mask); });
    });
  }
  return y;
}

}  // namespace sbert
