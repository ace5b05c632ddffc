#include "nn/cnn.h"

#include <algorithm>
#include <cmath>

#include "base/fail.h"
#include "nn/config_size.h"
#include "nn/feature_name.h"
#include "nn/initialize.h"
#include "tensor/ops/linear.h"
#include "tensor/ops/rows.h"
#include "tensor/ops/unfold.h"

namespace sbert::nn {
namespace {

/// Longer ones make no sense for texts, and their weights' sizes could overflow.
constexpr int64_t kLongestWindow = 1023;

bool is_window(int64_t size) {
  return size > 0 && size <= kLongestWindow && size % 2 == 1;
}

}  // namespace

CNN::CNN(int64_t in_dimension, const models::CNNOptions& options)
    : in_dimension_(in_dimension), out_channels_(options.out_channels) {
  if (in_dimension <= 0 || out_channels_ <= 0) {
    fail(ErrorCode::invalid_argument, "CNN: dimensions must be positive, not ", in_dimension, " and ", out_channels_);
  }
  if (options.kernel_sizes.empty()) fail(ErrorCode::invalid_argument, "CNN: at least one kernel size is needed");
  for (const int64_t window : options.kernel_sizes) {
    if (!is_window(window)) {
      fail(ErrorCode::invalid_argument,
           "CNN: a kernel size must be odd, so that there is one output a token, and below ", kLongestWindow + 1,
           ", not ", window);
    }
    const std::string name = "convs." + std::to_string(convolutions_.size());
    convolutions_.push_back({window, make_weight({{name + ".weight", {out_channels_, in_dimension, window}}}),
                             make_bias({{name + ".bias", {out_channels_}}})});
  }
}

std::shared_ptr<CNN> CNN::from_config(const Json& config, const std::string& where) {
  models::CNNOptions options;
  options.out_channels = config_size(config, {"out_channels"}, where);
  options.kernel_sizes = json_required<std::vector<int64_t>>(config, "kernel_sizes", where);
  if (options.kernel_sizes.empty()) fail(ErrorCode::corrupt_data, where, ": 'kernel_sizes' is empty");
  const auto strides = json_value<std::vector<int64_t>>(config, "stride_sizes", {}, where);
  // Python pools such outputs with their padding: a text's vector depends on what it is encoded with.
  if (std::any_of(strides.begin(), strides.end(), [](int64_t stride) { return stride != 1; }) ||
      !std::all_of(options.kernel_sizes.begin(), options.kernel_sizes.end(), is_window)) {
    fail(ErrorCode::unsupported, where, ": only a CNN with stride_sizes of 1 and odd kernel_sizes up to ",
         kLongestWindow, " is supported, which has one output a token");
  }
  return std::make_shared<CNN>(config_size(config, {"in_embedding_dimension", "in_word_embedding_dimension"}, where),
                               options);
}

void CNN::initialize(uint64_t seed) {
  for (const auto& convolution : convolutions_) {
    const double inputs = static_cast<double>(in_dimension_) * static_cast<double>(convolution.window);
    initialize_uniform({convolution.weight, convolution.bias}, 1 / std::sqrt(inputs), seed++);
  }
}

void CNN::forward(Execution& run, Features& features) const {
  std::vector<Var> parts;
  for (const auto& convolution : convolutions_) {
    const Var seen = unfold(run, features.token_embeddings, features.batch, convolution.window);
    parts.push_back(linear(run, seen, convolution.weight, convolution.bias));
  }
  features.token_embeddings = concat_columns(run, parts);
}

std::vector<ParameterPtr> CNN::parameters() const {
  std::vector<ParameterPtr> all;
  for (const auto& convolution : convolutions_)
    all.insert(all.end(), {convolution.weight, convolution.bias});
  return all;
}

Dimensions CNN::dimensions(const Dimensions& input) const {
  check_input(*this, FeatureName::token_embeddings, input, in_dimension_);
  Dimensions output = input;
  output.tokens = out_channels_ * static_cast<int64_t>(convolutions_.size());
  return output;
}

OrderedJson CNN::config() const {
  OrderedJson config{{"in_word_embedding_dimension", in_dimension_}, {"out_channels", out_channels_}};
  for (const auto& convolution : convolutions_) {
    config["kernel_sizes"].push_back(convolution.window);
    config["stride_sizes"].push_back(1);
  }
  return config;
}

}  // namespace sbert::nn
