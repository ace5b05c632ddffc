#include "tensor/ops/linear.h"

#include <algorithm>
#include <utility>

#include "base/threads.h"
#include "kernels/kernel_table.h"
#include "tensor/ops/product.h"

namespace sbert {
namespace {

constexpr int64_t kLinearElementsPerTask = 1 << 14;

/// Gradients of y = x W^T + b, given dy and what the GEMMs read for it.
void linear_backward(const Execution& run, const Var& x, const Tensor& x_read, const Var& weight, const Var& bias,
                     const Tensor& dy, const Tensor& dy_read) {
  if (bias != nullptr && bias->requires_grad) accumulate_bias(*bias, dy);
  if (weight->requires_grad) accumulate_product(*weight, dy_read, true, x_read, false);
  if (x->requires_grad) accumulate_product(*x, dy_read, false, gemm_operand(run, weight), false);
}

void forward_product(const Tensor& x, const Tensor& weight, const Var& bias, const Tensor& y, Epilogue epilogue) {
  gemm({.m = std::min(x.gemm_rows(), y.gemm_rows()),
        .n = weight.rows(),
        .k = weight.cols(),
        .input = x.dtype(),
        .output = y.dtype(),
        .a = x.raw(),
        .b = weight.raw(),
        .transpose_b = true,
        .c = y.raw(),
        .bias = bias != nullptr ? bias->value.raw() : nullptr,
        .epilogue = epilogue});
}

bool any_grad(const Var& x, const Var& weight, const Var& bias = nullptr) {
  return x->requires_grad || weight->requires_grad || (bias != nullptr && bias->requires_grad);
}

}  // namespace

Var linear(Execution& run, const Var& x, const Var& weight, const Var& bias) {
  const Tensor x_read = gemm_operand(run, x);
  const Tensor& w_read = gemm_operand(run, weight);
  auto y = make_variable(Tensor::empty(x->rows(), weight->rows(), scalar_of(x_read)), any_grad(x, weight, bias));
  forward_product(x_read, w_read, bias, y->value, Epilogue::none);
  if (run.records(y)) {
    run.tape->record([run, x, x_read, weight, bias, y] {
      linear_backward(run, x, x_read, weight, bias, y->gradient, gemm_operand(run, make_variable(y->gradient)));
    });
  }
  return y;
}

Var linear_gelu(Execution& run, const Var& x, const Var& weight, const Var& bias) {
  const Tensor x_read = gemm_operand(run, x);
  const Tensor& w_read = gemm_operand(run, weight);
  const bool record = run.tape != nullptr && any_grad(x, weight, bias);
  auto y = make_variable(Tensor::empty(x->rows(), weight->rows(), x_read.dtype()), any_grad(x, weight, bias));
  if (!record && x_read.dtype() != DType::f64) {
    forward_product(x_read, w_read, bias, y->value, Epilogue::gelu);
    return y;
  }

  const Tensor before = Tensor::empty(x->rows(), weight->rows(), scalar_of(x_read));
  forward_product(x_read, w_read, bias, before, Epilogue::none);
  with_scalar(before.dtype(), [&](auto zero) {
    using T = decltype(zero);
    const bool rounded = y->value.dtype() == DType::bf16;
    parallel_for(before.size(), kLinearElementsPerTask, [&](int64_t begin, int64_t end) {
      kernels<T>().gelu(before.data<T>() + begin, end - begin, rounded ? nullptr : y->value.data<T>() + begin,
                        rounded ? y->value.data<BFloat16>() + begin : nullptr);
    });
  });
  if (!record) return y;
  run.tape->record([run, x, x_read, weight, bias, before, y] {
    Tensor dbefore = std::move(y->gradient);  // overwritten in place
    if (!dbefore.unique()) dbefore = dbefore.clone();
    Tensor rounded =
        run.gemm_input == DType::bf16 ? Tensor::empty(dbefore.rows(), dbefore.cols(), DType::bf16) : Tensor();
    with_scalar(before.dtype(), [&](auto zero) {
      using T = decltype(zero);
      parallel_for(before.size(), kLinearElementsPerTask, [&](int64_t begin, int64_t end) {
        T* gradient = dbefore.data<T>() + begin;
        kernels<T>().gelu_backward(before.data<T>() + begin, gradient, end - begin, gradient,
                                   rounded.defined() ? rounded.data<BFloat16>() + begin : nullptr);
      });
    });
    linear_backward(run, x, x_read, weight, bias, dbefore, rounded.defined() ? rounded : dbefore);
  });
  return y;
}

Var linear_activation(Execution& run, const Var& x, const Var& weight, const Var& bias, Activation kind) {
  return kind == Activation::gelu ? linear_gelu(run, x, weight, bias)
                                  : activate(run, linear(run, x, weight, bias), kind);
}

Var matmul_transposed(Execution& run, const Var& a, const Var& b) {
  auto scores = make_variable(Tensor::empty(a->rows(), b->rows(), a->value.dtype()), any_grad(a, b));
  product(a->value, false, b->value, true, scores->value, false);
  if (run.records(scores)) {
    run.tape->record([a, b, scores] {
      if (a->requires_grad) accumulate_product(*a, scores->gradient, false, b->value, false);
      if (b->requires_grad) accumulate_product(*b, scores->gradient, true, a->value, false);
    });
  }
  return scores;
}

}  // namespace sbert
