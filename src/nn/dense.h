#pragma once

#include <sbert/models.h>

#include "nn/feature_name.h"
#include "nn/module.h"

namespace sbert::nn {

/// y = activation(W x + b), with a residual y += x, or y += R x where the dimensions differ; on sentence embeddings, or
/// on each token's. On disk: config.json and linear.weight [out, in], linear.bias [out], residual.weight [out, in].
class Dense : public Module {
 public:
  Dense(int64_t in_features, int64_t out_features, const models::DenseOptions& options);
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
  models::DenseOptions options_;
  ParameterPtr weight_;
  ParameterPtr bias_;      // or null
  ParameterPtr residual_;  // or null
};

}  // namespace sbert::nn
