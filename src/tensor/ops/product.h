#pragma once

#include "tensor/variable.h"

namespace sbert {

/// What ops that multiply matrices share.

/// What a GEMM of this run reads for `variable`: its values, or their bf16 copy, which is made if it is missing.
const Tensor& gemm_operand(const Execution& run, const Var& variable);

Tensor to_bfloat16(const Tensor& x);

/// The scalar that everything outside the GEMMs computes in.
DType scalar_of(const Tensor& operand);

/// c = op(a) op(b) (+ c)
void product(const Tensor& a, bool transpose_a, const Tensor& b, bool transpose_b, const Tensor& c, bool accumulate);

/// gradient(variable) += op(a) op(b), in the memory it has where nobody else looks at it.
void accumulate_product(Variable& variable, const Tensor& a, bool transpose_a, const Tensor& b, bool transpose_b);

/// gradient(bias) += sum of the rows of dy
void accumulate_bias(Variable& bias, const Tensor& dy);

}  // namespace sbert
