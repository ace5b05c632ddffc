#include "nn/weighted_layer_pooling.h"

#include "base/fail.h"
#include "nn/config_size.h"
#include "nn/feature_name.h"
#include "nn/initialize.h"
#include "tensor/ops/layer_mean.h"

namespace sbert::nn {

WeightedLayerPooling::WeightedLayerPooling(int64_t dimension, const models::WeightedLayerPoolingOptions& options)
    : dimension_(dimension), options_(options) {
  if (dimension <= 0) {
    fail(ErrorCode::invalid_argument, "WeightedLayerPooling: dimension must be positive, not ", dimension);
  }
  if (options.layer_start < 0 || options.layer_start > options.num_hidden_layers) {
    fail(ErrorCode::invalid_argument, "WeightedLayerPooling: layer_start must be between 0 and num_hidden_layers, ",
         options.num_hidden_layers, ", not ", options.layer_start);
  }
  weights_ = make_bias({{"layer_weights", {options.num_hidden_layers + 1 - options.layer_start}}});
  weights_->weight_decay = true;  // a vector, but no bias
}

std::shared_ptr<WeightedLayerPooling> WeightedLayerPooling::from_config(const Json& config, const std::string& where) {
  models::WeightedLayerPoolingOptions options;
  options.num_hidden_layers = config_size(config, {"num_hidden_layers"}, where);
  options.layer_start = json_required<int64_t>(config, "layer_start", where);
  if (options.layer_start < 0 || options.layer_start > options.num_hidden_layers) {
    fail(ErrorCode::corrupt_data, where, ": 'layer_start' is ", options.layer_start, ", and there are ",
         options.num_hidden_layers, " layers");
  }
  return std::make_shared<WeightedLayerPooling>(
      config_size(config, {"embedding_dimension", "word_embedding_dimension"}, where), options);
}

void WeightedLayerPooling::initialize() {
  initialize_constant(*weights_, 1);
}

void WeightedLayerPooling::forward(Execution& run, Features& features) const {
  if (features.layer_embeddings.empty()) return;
  features.token_embeddings = layer_mean(
      run, std::span(features.layer_embeddings).subspan(static_cast<size_t>(options_.layer_start)), weights_);
}

Dimensions WeightedLayerPooling::dimensions(const Dimensions& input) const {
  check_input(*this, FeatureName::token_embeddings, input, dimension_);
  if (input.layers != 0 && input.layers != options_.num_hidden_layers + 1) {
    fail(ErrorCode::invalid_argument, "WeightedLayerPooling expects ", options_.num_hidden_layers,
         " hidden layers, gets ", input.layers - 1);
  }
  return input;
}

OrderedJson WeightedLayerPooling::config() const {
  return {{"word_embedding_dimension", dimension_},
          {"layer_start", options_.layer_start},
          {"num_hidden_layers", options_.num_hidden_layers}};
}

}  // namespace sbert::nn
