#pragma once

#include <sbert/models.h>

#include "nn/module.h"

namespace sbert::nn {

/// token_embeddings = the mean of what the layers from layer_start on put out (0: the embeddings before the first),
/// with learned weights. Where the Transformer keeps no layers it does nothing, as in Python.
/// On disk: config.json and layer_weights [num_hidden_layers + 1 - layer_start].
class WeightedLayerPooling : public Module {
 public:
  WeightedLayerPooling(int64_t dimension, const models::WeightedLayerPoolingOptions& options);
  static std::shared_ptr<WeightedLayerPooling> from_config(const Json& config, const std::string& where);
  /// All layers weigh 1.
  void initialize();

  std::string type() const override { return "WeightedLayerPooling"; }
  void forward(Execution& run, Features& features) const override;
  std::vector<ParameterPtr> parameters() const override { return {weights_}; }
  Dimensions dimensions(const Dimensions& input) const override;
  bool reads_layers() const override { return true; }
  OrderedJson config() const override;

 private:
  int64_t dimension_;
  models::WeightedLayerPoolingOptions options_;
  ParameterPtr weights_;
};

}  // namespace sbert::nn
