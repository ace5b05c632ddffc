#include "nn/dense.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "base/fail.h"
#include "nn/config_size.h"
#include "nn/initialize.h"
#include "tensor/ops/activation.h"
#include "tensor/ops/elementwise.h"
#include "tensor/ops/linear.h"

namespace sbert::nn {
namespace {

struct ActivationName {
  Activation kind;
  std::string_view name;  // of the class in torch.nn
};

constexpr std::array<ActivationName, 21> kActivations{{
    {Activation::identity, "Identity"},
    {Activation::tanh, "Tanh"},
    {Activation::relu, "ReLU"},
    {Activation::gelu, "GELU"},
    {Activation::sigmoid, "Sigmoid"},
    {Activation::silu, "SiLU"},
    {Activation::mish, "Mish"},
    {Activation::leaky_relu, "LeakyReLU"},
    {Activation::relu6, "ReLU6"},
    {Activation::elu, "ELU"},
    {Activation::elu, "CELU"},
    {Activation::selu, "SELU"},
    {Activation::softplus, "Softplus"},
    {Activation::softsign, "Softsign"},
    {Activation::log_sigmoid, "LogSigmoid"},
    {Activation::hardtanh, "Hardtanh"},
    {Activation::hardsigmoid, "Hardsigmoid"},
    {Activation::hardswish, "Hardswish"},
    {Activation::hardshrink, "Hardshrink"},
    {Activation::softshrink, "Softshrink"},
    {Activation::tanhshrink, "Tanhshrink"},
}};

/// "torch.nn.modules.activation.Tanh", "torch.nn.modules.linear.Identity", or "torch.nn." and either.
Activation activation_from_name(const std::string& path, const std::string& where) {
  const auto name = std::string_view(path).substr(path.rfind('.') + 1);
  std::string known;
  for (const auto& entry : kActivations) {
    if (path.starts_with("torch.nn.") && name == entry.name) return entry.kind;
    known += (known.empty() ? "" : ", ") + std::string(entry.name);
  }
  fail(ErrorCode::unsupported, where, ": activation_function '", path,
       "' is not supported; supported of torch.nn: ", known);
}

std::string path_of(Activation kind) {
  const auto* entry = std::find_if(kActivations.begin(), kActivations.end(),
                                   [kind](const ActivationName& activation) { return activation.kind == kind; });
  return concat(kind == Activation::identity ? "torch.nn.modules.linear." : "torch.nn.modules.activation.",
                entry->name);
}

}  // namespace

Dense::Dense(int64_t in_features, int64_t out_features, const models::DenseOptions& options)
    : in_features_(in_features), out_features_(out_features), options_(options) {
  if (in_features <= 0 || out_features <= 0) {
    fail(ErrorCode::invalid_argument, "Dense: features must be positive, not ", in_features, " and ", out_features);
  }
  weight_ = make_weight({{"linear.weight", {out_features, in_features}}});
  if (options.bias) bias_ = make_bias({{"linear.bias", {out_features}}});
  if (options.use_residual && in_features != out_features) {
    residual_ = make_weight({{"residual.weight", {out_features, in_features}}});
  }
}

std::shared_ptr<Dense> Dense::from_config(const Json& config, const std::string& where) {
  const auto activation =
      json_value<std::string>(config, "activation_function", path_of(models::DenseOptions().activation), where);
  return std::make_shared<Dense>(config_size(config, {"in_features"}, where),
                                 config_size(config, {"out_features"}, where),
                                 models::DenseOptions{.bias = json_value(config, "bias", true, where),
                                                      .activation = activation_from_name(activation, where),
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
                     {"activation_function", path_of(options_.activation)}};
  // Versions that do not know these keys refuse them.
  if (options_.use_residual) config["use_residual"] = true;
  write_feature_name(config, options_.module_input_name);
  return config;
}

}  // namespace sbert::nn
