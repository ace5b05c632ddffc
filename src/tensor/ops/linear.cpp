#include "tensor/ops/linear.h"

#include <algorithm>
#include <utility>

#include "base/threads.h"
#include "kernels/kernel_table.h"

namespace sbert {
namespace {

constexpr int64_t kElementsPerTask = 1 << 14;

Tensor to_bfloat16(const Tensor& x) {
  Tensor rounded = Tensor::empty(x.rows(), x.cols(), DType::bf16);
  const auto* from = x.data<float>();
  auto* to = rounded.data<BFloat16>();
  parallel_for(x.size(), kElementsPerTask, [&](int64_t begin, int64_t end) {
    kernels<float>().to_bfloat16(from + begin, end - begin, to + begin);
  });
  return rounded;
}

/// What a GEMM of this run reads for `variable`.
const Tensor& gemm_operand(const Execution& run, const Var& variable) {
  if (run.gemm_input != DType::bf16 || variable->value.dtype() == DType::bf16) return variable->value;
  if (!variable->rounded.defined()) variable->rounded = to_bfloat16(variable->value);
  return variable->rounded;
}

/// The scalar that everything outside the GEMMs computes in.
DType scalar_of(const Tensor& operand) {
  return operand.dtype() == DType::f64 ? DType::f64 : DType::f32;
}

void product(const Tensor& a, bool transpose_a, const Tensor& b, bool transpose_b, const Tensor& c, bool accumulate) {
  gemm({.m = transpose_a ? a.cols() : std::min(a.gemm_rows(), c.gemm_rows()),
        .n = c.cols(),
        .k = transpose_a ? a.rows() : a.cols(),
        .input = a.dtype(),
        .output = c.dtype(),
        .a = a.raw(),
        .transpose_a = transpose_a,
        .b = b.raw(),
        .transpose_b = transpose_b,
        .c = c.raw(),
        .accumulate = accumulate});
}

/// gradient(variable) += op(a) op(b), in the memory it has where nobody else looks at it.
void accumulate_product(Variable& variable, const Tensor& a, bool transpose_a, const Tensor& b, bool transpose_b) {
  const bool accumulate = variable.gradient.defined();
  if (!accumulate) {
    variable.gradient = Tensor::empty(variable.rows(), variable.cols(), scalar_of(a));
  } else if (!variable.gradient.unique()) {
    variable.gradient = variable.gradient.clone();
  }
  product(a, transpose_a, b, transpose_b, variable.gradient, accumulate);
}

void accumulate_bias(Variable& bias, const Tensor& dy) {
  with_scalar(dy.dtype(), [&](auto zero) {
    using T = decltype(zero);
    if (!bias.gradient.defined()) bias.gradient = Tensor::zeros(1, bias.cols(), dy.dtype());
    // Cut by columns, not rows: each sum is taken in row order whatever the number of threads.
    parallel_for(dy.cols(), 64, [&](int64_t begin, int64_t end) {
      kernels<T>().column_sum(dy.data<T>(), dy.rows(), dy.cols(), begin, end, bias.gradient.data<T>());
    });
  });
}

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
    parallel_for(before.size(), kElementsPerTask, [&](int64_t begin, int64_t end) {
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
      parallel_for(before.size(), kElementsPerTask, [&](int64_t begin, int64_t end) {
        T* gradient = dbefore.data<T>() + begin;
        kernels<T>().gelu_backward(before.data<T>() + begin, gradient, end - begin, gradient,
                                   rounded.defined() ? rounded.data<BFloat16>() + begin : nullptr);
      });
    });
    linear_backward(run, x, x_read, weight, bias, dbefore, rounded.defined() ? rounded : dbefore);
  });
  return y;
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
