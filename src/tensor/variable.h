#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "kernels/dropout_mask.h"
#include "tensor/tensor.h"

namespace sbert {

/// A value in a computation and what flowed back to it.
struct Variable {
  Tensor value;       ///< f32 (f64 in tests), or bf16 where only GEMMs read it
  Tensor rounded{};   ///< bf16 copy of `value` that its producer wrote in the same pass, or undefined
  Tensor gradient{};  ///< same shape as value, never bf16; undefined until something flowed in
  bool requires_grad = false;

  int64_t rows() const { return value.rows(); }
  int64_t cols() const { return value.cols(); }
};
using Var = std::shared_ptr<Variable>;

Var make_variable(Tensor value, bool requires_grad = false);

/// Adds `contribution` to the gradient of `variable`; takes the tensor itself where it is the first.
void accumulate_gradient(Variable& variable, Tensor contribution);

/// The ops of one forward pass, so that it can be run backwards. An op that is computed while recording pushes a
/// function that turns the gradient of its output into gradients of its inputs; it finds what it saved in its capture.
class Tape {
 public:
  void record(std::function<void()> backward) { steps_.push_back(std::move(backward)); }
  /// Runs everything recorded backwards and forgets it (saved tensors are freed on the way). The gradient of the last
  /// output must have been set by the caller.
  void backward();

 private:
  std::vector<std::function<void()>> steps_;
};

/// How one forward pass is computed. Passed first to every op and module.
struct Execution {
  Tape* tape = nullptr;           ///< null: inference, nothing is kept
  DType gemm_input = DType::f32;  ///< bf16: GEMM inputs are rounded, everything else stays f32
  bool training = false;          ///< dropout is on
  uint64_t dropout_seed = 0;
  /// The next use of dropout takes this number; starts at a number that is unique to the step.
  uint64_t dropout_stream = 0;
  uint64_t dropout_first_row = 0;  ///< see DropoutMask; modules set it when rows become tokens or sequences

  bool records(const Var& variable) const { return tape != nullptr && variable->requires_grad; }
  /// A mask for the next dropout site; probability 0 outside training.
  DropoutMask next_dropout(double probability);
};

}  // namespace sbert
