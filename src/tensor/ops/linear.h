#pragma once

#include "kernels/gemm.h"
#include "tensor/ops/activation.h"
#include "tensor/variable.h"

namespace sbert {

/// y = x W^T + b: x [T, in], weight [out, in], bias [1, out] or null -> [T, out] in the scalar of x.
Var linear(Execution& run, const Var& x, const Var& weight, const Var& bias);

/// gelu(x W^T + b). In bf16 mode the result is bf16 only: it may go into another GEMM and nowhere else.
Var linear_gelu(Execution& run, const Var& x, const Var& weight, const Var& bias);

/// f(x W^T + b), which is linear_gelu where f is that.
Var linear_activation(Execution& run, const Var& x, const Var& weight, const Var& bias, Activation kind);

/// scores = a b^T: a [M, D], b [N, D] -> [M, N], always in the scalar of a (losses do not round).
Var matmul_transposed(Execution& run, const Var& a, const Var& b);

}  // namespace sbert
