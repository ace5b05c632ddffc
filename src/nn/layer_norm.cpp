#include "nn/layer_norm.h"

#include "base/fail.h"
#include "nn/config_size.h"
#include "nn/feature_name.h"
#include "nn/initialize.h"
#include "tensor/ops/layer_norm.h"

namespace sbert::nn {
namespace {

constexpr double kEpsilon = 1e-5;  // torch.nn.LayerNorm's own; the config does not say it

}  // namespace

LayerNorm::LayerNorm(int64_t dimension) : dimension_(dimension) {
  if (dimension <= 0) fail(ErrorCode::invalid_argument, "LayerNorm: dimension must be positive, not ", dimension);
  weight_ = make_bias({{"norm.weight", {dimension}}});
  bias_ = make_bias({{"norm.bias", {dimension}}});
}

std::shared_ptr<LayerNorm> LayerNorm::from_config(const Json& config, const std::string& where) {
  return std::make_shared<LayerNorm>(config_size(config, {"dimension"}, where));
}

void LayerNorm::initialize() {
  initialize_constant(*weight_, 1);
  initialize_constant(*bias_, 0);
}

void LayerNorm::forward(Execution& run, Features& features) const {
  features.sentence_embedding = add_layer_norm(run, features.sentence_embedding, nullptr, weight_, bias_, kEpsilon, 0);
}

Dimensions LayerNorm::dimensions(const Dimensions& input) const {
  check_input(*this, FeatureName::sentence_embedding, input, dimension_);
  return input;
}

}  // namespace sbert::nn
