#pragma once

#include <vector>

#include "tensor/parameter.h"

namespace sbert::nn {

/// Fresh values, uniform in +-bound, one parameter after the other from one generator.
void initialize_uniform(const std::vector<ParameterPtr>& parameters, double bound, uint64_t seed);

/// The same value everywhere.
void initialize_constant(Parameter& parameter, float value);

}  // namespace sbert::nn
