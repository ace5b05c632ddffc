#pragma once

#include "nn/module.h"

namespace sbert::nn {

/// LayerNorm (Ba et al. 2016) of sentence embeddings. On disk: config.json and norm.weight, norm.bias [dimension].
class LayerNorm : public Module {
 public:
  explicit LayerNorm(int64_t dimension);
  static std::shared_ptr<LayerNorm> from_config(const Json& config, const std::string& where);
  /// Weights 1 and biases 0.
  void initialize();

  std::string type() const override { return "LayerNorm"; }
  void forward(Execution& run, Features& features) const override;
  std::vector<ParameterPtr> parameters() const override { return {weight_, bias_}; }
  Dimensions dimensions(const Dimensions& input) const override;
  OrderedJson config() const override { return {{"dimension", dimension_}}; }

 private:
  int64_t dimension_;
  ParameterPtr weight_, bias_;
};

}  // namespace sbert::nn
