#include "tensor/ops/product.h"

#include <algorithm>

#include "base/threads.h"
#include "kernels/gemm.h"
#include "kernels/kernel_table.h"

namespace sbert {
namespace {

constexpr int64_t kProductElementsPerTask = 1 << 14;

}  // namespace

Tensor to_bfloat16(const Tensor& x) {
  Tensor rounded = Tensor::empty(x.rows(), x.cols(), DType::bf16);
  const auto* from = x.data<float>();
  auto* to = rounded.data<BFloat16>();
  parallel_for(x.size(), kProductElementsPerTask, [&](int64_t begin, int64_t end) {
    kernels<float>().to_bfloat16(from + begin, end - begin, to + begin);
  });
  return rounded;
}

const Tensor& gemm_operand(const Execution& run, const Var& variable) {
  if (run.gemm_input != DType::bf16 || variable->value.dtype() == DType::bf16) return variable->value;
  if (!variable->rounded.defined()) variable->rounded = to_bfloat16(variable->value);
  return variable->rounded;
}

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

}  // namespace sbert
