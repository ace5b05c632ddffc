#include "nn/initialize.h"

#include <algorithm>

#include "base/rng.h"

namespace sbert::nn {

void initialize_uniform(const std::vector<ParameterPtr>& parameters, double bound, uint64_t seed) {
  Rng rng(seed);
  for (const auto& parameter : parameters) {
    parameter->value = Tensor::empty(parameter_rows(*parameter), parameter_cols(*parameter));
    auto* values = parameter->value.data<float>();
    for (int64_t i = 0; i < parameter->value.size(); ++i)
      values[i] = static_cast<float>((2 * rng.uniform() - 1) * bound);
  }
}

void initialize_constant(Parameter& parameter, float value) {
  parameter.value = Tensor::empty(parameter_rows(parameter), parameter_cols(parameter));
  std::fill_n(parameter.value.data<float>(), parameter.value.size(), value);
}

}  // namespace sbert::nn
