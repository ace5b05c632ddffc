#pragma once

#include <cmath>
#include <functional>
#include <vector>

#include <gtest/gtest.h>

#include "base/rng.h"
#include "tensor/variable.h"

namespace sbert {

/// A double matrix of reproducible values in [-1, 1).
inline Tensor random_tensor(int64_t rows, int64_t cols, uint64_t seed) {
  Tensor tensor = Tensor::empty(rows, cols, DType::f64);
  Rng rng(seed);
  for (int64_t i = 0; i < tensor.size(); ++i)
    tensor.data<double>()[i] = 2 * rng.uniform() - 1;
  return tensor;
}

inline Var random_variable(int64_t rows, int64_t cols, uint64_t seed) {
  return make_variable(random_tensor(rows, cols, seed), true);
}

/// Compares backward with central differences, for every element of every input: the gradient of a random weighting of
/// all outputs of `op`, in double.
inline void expect_gradients(const std::vector<Var>& inputs, const std::function<Var(Execution&)>& op,
                             double tolerance = 1e-7) {
  Tensor weights;
  const auto value = [&](Execution& run) {
    const Var y = op(run);
    if (!weights.defined()) weights = random_tensor(y->rows(), y->cols(), 99);
    double sum = 0;
    for (int64_t i = 0; i < y->value.size(); ++i)
      sum += weights.data<double>()[i] * y->value.data<double>()[i];
    return std::pair{y, sum};
  };

  Tape tape;
  Execution recording{.tape = &tape, .gemm_input = DType::f64, .training = true, .dropout_seed = 7};
  const auto [y, unused] = value(recording);
  y->gradient = weights.clone();
  tape.backward();

  for (size_t which = 0; which < inputs.size(); ++which) {
    Variable& input = *inputs[which];
    ASSERT_TRUE(input.gradient.defined()) << "input " << which << " got no gradient";
    for (int64_t i = 0; i < input.value.size(); ++i) {
      double& element = input.value.data<double>()[i];
      const double kept = element;
      const double h = 1e-6;
      const auto at = [&](double moved) {
        element = moved;
        Execution run{.gemm_input = DType::f64, .training = true, .dropout_seed = 7};
        return value(run).second;
      };
      const double numeric = (at(kept + h) - at(kept - h)) / (2 * h);
      element = kept;
      ASSERT_NEAR(input.gradient.data<double>()[i], numeric, tolerance * std::max(1.0, std::abs(numeric)))
          << "input " << which << ", element " << i;
    }
  }
}

}  // namespace sbert
