#pragma once

#include <sbert/models.h>

#include "nn/module.h"

namespace sbert::nn {

/// An LSTM over the tokens of a text, layer on layer, in one direction or both. In Python it works on WordEmbeddings
/// only, as nothing else counts tokens for it.
/// On disk: lstm_config.json and, for each layer k and direction, encoder.weight_ih_lk [4H, in], encoder.weight_hh_lk
/// [4H, H], encoder.bias_ih_lk, encoder.bias_hh_lk [4H], those of the backward direction with _reverse.
class LSTM : public Module {
 public:
  static constexpr const char* kConfigFile = "lstm_config.json";

  LSTM(int64_t dimension, int64_t hidden_dim, const models::LSTMOptions& options);
  static std::shared_ptr<LSTM> from_config(const Json& config, const std::string& where);
  /// Fresh weights, uniform in +-1/sqrt(H), as torch.nn.LSTM begins.
  void initialize(uint64_t seed);

  std::string type() const override { return "LSTM"; }
  void forward(Execution& run, Features& features) const override;
  std::vector<ParameterPtr> parameters() const override;
  Dimensions dimensions(const Dimensions& input) const override;
  std::string config_file() const override { return kConfigFile; }
  OrderedJson config() const override;

 private:
  /// One direction of one layer.
  struct Direction {
    ParameterPtr input_weight, hidden_weight, input_bias, hidden_bias;
  };

  int64_t directions() const { return options_.bidirectional ? 2 : 1; }

  int64_t dimension_;
  int64_t hidden_dim_;
  models::LSTMOptions options_;
  std::vector<Direction> directions_;  // of layer 0, of layer 1, ...
};

}  // namespace sbert::nn
