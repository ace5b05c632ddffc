#include "nn/dense.h"

#include <array>
#include <cmath>

#include "base/fail.h"
#include "base/rng.h"
#include "nn/feature_name.h"
#include "tensor/ops/linear.h"

namespace sbert::nn {
namespace {

struct ActivationName {
  Activation kind;
  const char* name;
};

constexpr std::array<ActivationName, 5> kActivations{{
    {Activation::identity, "torch.nn.modules.linear.Identity"},
    {Activation::tanh, "torch.nn.modules.activation.Tanh"},
    {Activation::gelu, "torch.nn.modules.activation.GELU"},
    {Activation::relu, "torch.nn.modules.activation.ReLU"},
    {Activation::sigmoid, "torch.nn.modules.activation.Sigmoid"},
}};

Activation activation_from_name(const std::string& name, const std::string& where) {
  for (const auto& entry : kActivations) {
    if (name == entry.name) return entry.kind;
  }
  fail(ErrorCode::unsupported, where, ": activation_function '", name, "' is not supported");
}

int64_t feature_count(const Json& config, const char* key, const std::string& where) {
  const auto count = json_required<int64_t>(config, key, where);
  // Above this, products of two sizes could overflow before a tensor's real size is compared.
  if (count <= 0 || count > (int64_t{1} << 24)) {
    fail(ErrorCode::corrupt_data, where, ": '", key, "' is ", count, ", which makes no sense");
  }
  return count;
}

}  // namespace

Dense::Dense(int64_t in_features, int64_t out_features, bool bias, Activation activation)
    : in_features_(in_features), out_features_(out_features), activation_(activation) {
  if (in_features <= 0 || out_features <= 0) {
    fail(ErrorCode::invalid_argument, "Dense: features must be positive, not ", in_features, " and ", out_features);
  }
  weight_ = make_weight({{"linear.weight", {out_features, in_features}}});
  if (bias) bias_ = make_bias({{"linear.bias", {out_features}}});
}

std::shared_ptr<Dense> Dense::from_config(const Json& config, const std::string& where) {
  if (json_value<std::string>(config, "module_input_name", "sentence_embedding", where) != "sentence_embedding" ||
      json_value(config, "use_residual", false, where)) {
    fail(ErrorCode::unsupported, where, ": only Dense on sentence_embedding without residual is supported");
  }
  const std::string activation =
      json_value<std::string>(config, "activation_function", "torch.nn.modules.activation.Tanh", where);
  return std::make_shared<Dense>(feature_count(config, "in_features", where),
                                 feature_count(config, "out_features", where), json_value(config, "bias", true, where),
                                 activation_from_name(activation, where));
}

void Dense::initialize(uint64_t seed) {
  Rng rng(seed);
  const double bound = 1 / std::sqrt(static_cast<double>(in_features_));
  for (const auto& parameter : parameters()) {
    parameter->value = Tensor::empty(parameter_rows(*parameter), parameter_cols(*parameter));
    auto* values = parameter->value.data<float>();
    for (int64_t i = 0; i < parameter->value.size(); ++i) {
      values[i] = static_cast<float>((2 * rng.uniform() - 1) * bound);
    }
  }
}

void Dense::forward(Execution& run, Features& features) const {
  features.sentence_embedding = activate(run, linear(run, features.sentence_embedding, weight_, bias_), activation_);
}

std::vector<ParameterPtr> Dense::parameters() const {
  if (bias_ == nullptr) return {weight_};
  return {weight_, bias_};
}

Dimensions Dense::dimensions(const Dimensions& input) const {
  check_input(*this, FeatureName::sentence_embedding, input, in_features_);
  return {input.tokens, out_features_};
}

OrderedJson Dense::config() const {
  OrderedJson config{{"in_features", in_features_}, {"out_features", out_features_}, {"bias", bias_ != nullptr}};
  for (const auto& entry : kActivations) {
    if (entry.kind == activation_) config["activation_function"] = entry.name;
  }
  return config;
}

}  // namespace sbert::nn
