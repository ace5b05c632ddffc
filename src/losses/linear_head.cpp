#include "losses/linear_head.h"

#include <cmath>

#include "base/rng.h"
#include "tensor/ops/linear.h"

namespace sbert::losses {

LinearHead::LinearHead(const std::string& name, int64_t inputs, int64_t outputs)
    : weight_(make_weight({{name + ".weight", {outputs, inputs}}})), bias_(make_bias({{name + ".bias", {outputs}}})) {
  weight_->value = Tensor::zeros(outputs, inputs);
  bias_->value = Tensor::zeros(1, outputs);
}

void LinearHead::initialize(uint64_t seed) {
  if (initialized_) return;
  initialized_ = true;
  Rng rng(seed);
  const double bound = 1 / std::sqrt(static_cast<double>(weight_->cols()));
  for (const ParameterPtr& parameter : parameters()) {
    float* values = parameter->value.data<float>();
    for (int64_t i = 0; i < parameter->value.size(); ++i)
      values[i] = static_cast<float>((2 * rng.uniform() - 1) * bound);
  }
}

Var LinearHead::forward(Execution& run, const Var& x) const {
  return linear(run, x, weight_, bias_);
}

int64_t LinearHead::outputs() const {
  return weight_->rows();
}

}  // namespace sbert::losses
