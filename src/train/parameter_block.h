#pragma once

#include <cstdint>
#include <vector>

#include "tensor/parameter.h"

namespace sbert {

/// All trained parameters in one allocation each of values, gradients and moments, so that the optimiser, clipping and
/// (later) all-reduce and checkpoints are loops over flat memory. The parameters' tensors become views of it.
class ParameterBlock {
 public:
  /// Copies the values of `parameters` (but frozen ones) into the block.
  explicit ParameterBlock(std::vector<ParameterPtr> parameters);

  const std::vector<ParameterPtr>& parameters() const { return parameters_; }
  /// Elements before parameter i.
  int64_t offset(size_t i) const { return offsets_[i]; }
  /// Of all parameters, [1, elements]; padding between them is 0.
  const Tensor& values() const { return values_; }
  const Tensor& first_moments() const { return first_moment_; }
  const Tensor& second_moments() const { return second_moment_; }
  float* first_moment(size_t i) { return first_moment_.data<float>() + offsets_[i]; }
  float* second_moment(size_t i) { return second_moment_.data<float>() + offsets_[i]; }

  /// Zeroes what the last step wrote: of embedding tables only the touched rows.
  void clear_gradients();
  /// Square root of the sum of squares of all gradients. The order of the sum does not depend on the thread count.
  double gradient_norm() const;

 private:
  std::vector<ParameterPtr> parameters_;
  std::vector<int64_t> offsets_;
  Tensor values_, gradients_, first_moment_, second_moment_;
};

}  // namespace sbert
