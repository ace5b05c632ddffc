#pragma once

#include <sbert/models.h>

#include "nn/module.h"
#include "tensor/ops/activation.h"

namespace sbert::nn {

/// sentence_embedding = activation(W x + b). On disk: config.json and linear.weight [out, in], linear.bias [out].
class Dense : public Module {
 public:
  Dense(int64_t in_features, int64_t out_features, bool bias, Activation activation);
  static std::shared_ptr<Dense> from_config(const Json& config, const std::string& where);
  /// Fresh weights, uniform in +-1/sqrt(in_features), as torch.nn.Linear begins.
  void initialize(uint64_t seed);

  std::string type() const override { return "Dense"; }
  void forward(Execution& run, Features& features) const override;
  std::vector<ParameterPtr> parameters() const override;
  Dimensions dimensions(const Dimensions& input) const override;
  OrderedJson config() const override;

 private:
  int64_t in_features_;
  int64_t out_features_;
  Activation activation_;
  ParameterPtr weight_;
  ParameterPtr bias_;  // or null
};

}  // namespace sbert::nn
