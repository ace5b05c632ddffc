#include "nn/dense.h"

#include <array>
#include <cmath>

#include "base/fail.h"
#include "nn/activation_names.h"
#include "nn/config_size.h"
#include "nn/initialize.h"
#include "tensor/ops/activation.h"
#include "tensor/ops/elementwise.h"
#include "tensor/ops/linear.h"

namespace sbert::nn {

Dense::Dense(int64_t in_features, int64_t out_features, const models::DenseOptions& options)
    : in_features_(in_features), out_features_(out_features), options_(options) {
  if (in_features <= 0 || out_features <= 0) {
    fail(ErrorCode::invalid_argument, "Dense: features must be positive, not ", in_features, " and ", out_features);
  }
  if (torch_path(options.activation).empty()) {
    fail(ErrorCode::invalid_argument, "Dense: torch.nn has no class for this activation, so it could not be saved");
  }
  weight_ = make_weight({{"linear.weight", {out_features, in_features}}});
  if (options.bias) bias_ = make_bias({{"linear.bias", {out_features}}});
  if (options.use_residual && in_features != out_features) {
    residual_ = make_weight({{"residual.weight", {out_features, in_features}}});
  }
}

std::shared_ptr<Dense> Dense::from_config(const Json& config, const std::string& where) {
  const auto activation =
      json_value<std::string>(config, "activation_function", torch_path(models::DenseOptions().activation), where);
  return std::make_shared<Dense>(config_size(config, {"in_features"}, where),
                                 config_size(config, {"out_features"}, where),
                                 models::DenseOptions{.bias = json_value(config, "bias", true, where),
                                                      .activation = activation_of_torch(activation, where),
                                                      .use_residual = json_value(config, "use_residual", false, where),
                                                      .module_input_name = feature_name_from_config(config, where)});
}

void Dense::initialize(uint64_t seed) {
  initialize_uniform(parameters(), 1 / std::sqrt(static_cast<double>(in_features_)), seed);
}

void Dense::forward(Execution& run, Features& features) const {
  Var& slot = feature(features, options_.module_input_name);
  const Var x = slot;
  slot = activate(run, linear(run, x, weight_, bias_), options_.activation);
  if (!options_.use_residual) return;
  const std::array<Var, 2> terms{slot, residual_ == nullptr ? x : linear(run, x, residual_, nullptr)};
  slot = weighted_sum(run, terms, std::array{1.0, 1.0});
}

std::vector<ParameterPtr> Dense::parameters() const {
  std::vector<ParameterPtr> all{weight_};
  if (bias_ != nullptr) all.push_back(bias_);
  if (residual_ != nullptr) all.push_back(residual_);
  return all;
}

Dimensions Dense::dimensions(const Dimensions& input) const {
  check_input(*this, options_.module_input_name, input, in_features_);
  Dimensions output = input;
  dimension(output, options_.module_input_name) = out_features_;
  return output;
}

OrderedJson Dense::config() const {
  OrderedJson config{{"in_features", in_features_},
                     {"out_features", out_features_},
                     {"bias", bias_ != nullptr},
                     {"activation_function", torch_path(options_.activation)}};
  // Versions that do not know these keys refuse them.
  if (options_.use_residual) config["use_residual"] = true;
  write_feature_name(config, options_.module_input_name);
  return config;
}

}  // namespace sbert::nn
