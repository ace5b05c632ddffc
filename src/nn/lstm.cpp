#include "nn/lstm.h"

#include <cmath>

#include "base/fail.h"
#include "nn/config_size.h"
#include "nn/dropout.h"
#include "nn/feature_name.h"
#include "nn/initialize.h"
#include "tensor/ops/activation.h"
#include "tensor/ops/linear.h"
#include "tensor/ops/lstm.h"
#include "tensor/ops/rows.h"

namespace sbert::nn {
namespace {

constexpr int64_t kMostLayers = 1000;

}  // namespace

LSTM::LSTM(int64_t dimension, int64_t hidden_dim, const models::LSTMOptions& options)
    : dimension_(dimension), hidden_dim_(hidden_dim), options_(options) {
  if (dimension <= 0 || hidden_dim <= 0) {
    fail(ErrorCode::invalid_argument, "LSTM: dimensions must be positive, not ", dimension, " and ", hidden_dim);
  }
  if (options.num_layers <= 0 || options.num_layers > kMostLayers) {
    fail(ErrorCode::invalid_argument, "LSTM: num_layers must be between 1 and ", kMostLayers, ", not ",
         options.num_layers);
  }
  const int64_t gates = 4 * hidden_dim;
  for (int64_t layer = 0; layer < options.num_layers; ++layer) {
    const int64_t inputs = layer == 0 ? dimension : directions() * hidden_dim;
    for (int64_t direction = 0; direction < directions(); ++direction) {
      const std::string suffix = "_l" + std::to_string(layer) + (direction == 0 ? "" : "_reverse");
      directions_.push_back({make_weight({{"encoder.weight_ih" + suffix, {gates, inputs}}}),
                             make_weight({{"encoder.weight_hh" + suffix, {gates, hidden_dim}}}),
                             make_bias({{"encoder.bias_ih" + suffix, {gates}}}),
                             make_bias({{"encoder.bias_hh" + suffix, {gates}}})});
    }
  }
}

std::shared_ptr<LSTM> LSTM::from_config(const Json& config, const std::string& where) {
  models::LSTMOptions options;
  options.num_layers = json_value<int64_t>(config, "num_layers", options.num_layers, where);
  if (options.num_layers <= 0 || options.num_layers > kMostLayers) {
    fail(ErrorCode::corrupt_data, where, ": 'num_layers' is ", options.num_layers, ", not between 1 and ", kMostLayers);
  }
  options.dropout = dropout_from_config(config, options.dropout, where);
  options.bidirectional = json_value(config, "bidirectional", options.bidirectional, where);
  return std::make_shared<LSTM>(config_size(config, {"embedding_dimension", "word_embedding_dimension"}, where),
                                config_size(config, {"hidden_dim"}, where), options);
}

void LSTM::initialize(uint64_t seed) {
  initialize_uniform(parameters(), 1 / std::sqrt(static_cast<double>(hidden_dim_)), seed);
}

void LSTM::forward(Execution& run, Features& features) const {
  run.dropout_first_row = static_cast<uint64_t>(features.batch.before.tokens);
  Var hidden = features.token_embeddings;
  for (size_t first = 0; first < directions_.size(); first += static_cast<size_t>(directions())) {
    if (first != 0) hidden = dropout(run, hidden, options_.dropout);
    std::vector<Var> parts;
    for (size_t d = first; d < first + static_cast<size_t>(directions()); ++d) {
      const Direction& direction = directions_[d];
      const Var inputs = linear(run, hidden, direction.input_weight, direction.input_bias);
      parts.push_back(lstm(run, inputs, direction.hidden_weight, direction.hidden_bias, features.batch, d != first));
    }
    hidden = parts.size() == 1 ? parts.front() : concat_columns(run, parts);
  }
  features.token_embeddings = hidden;
}

std::vector<ParameterPtr> LSTM::parameters() const {
  std::vector<ParameterPtr> all;
  for (const auto& direction : directions_) {
    all.insert(all.end(),
               {direction.input_weight, direction.hidden_weight, direction.input_bias, direction.hidden_bias});
  }
  return all;
}

Dimensions LSTM::dimensions(const Dimensions& input) const {
  check_input(*this, FeatureName::token_embeddings, input, dimension_);
  Dimensions output = input;
  output.tokens = directions() * hidden_dim_;
  return output;
}

OrderedJson LSTM::config() const {
  return {{"word_embedding_dimension", dimension_},
          {"hidden_dim", hidden_dim_},
          {"num_layers", options_.num_layers},
          {"dropout", options_.dropout},
          {"bidirectional", options_.bidirectional}};
}

}  // namespace sbert::nn
