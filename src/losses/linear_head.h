#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tensor/parameter.h"

namespace sbert::losses {

/// A linear layer that a loss learns beside the model: y = x W^T + b. The model does not keep it.
class LinearHead {
 public:
  LinearHead(const std::string& name, int64_t inputs, int64_t outputs);

  /// The initial weights of torch.nn.Linear: uniform within 1 / sqrt(inputs). Those it has already stay.
  void initialize(uint64_t seed);

  Var forward(Execution& run, const Var& x) const;
  int64_t outputs() const;
  std::vector<ParameterPtr> parameters() const { return {weight_, bias_}; }

 private:
  ParameterPtr weight_;  ///< [outputs, inputs]
  ParameterPtr bias_;    ///< [1, outputs]
  bool initialized_ = false;
};

}  // namespace sbert::losses
