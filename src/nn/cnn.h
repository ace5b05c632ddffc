#pragma once

#include <sbert/models.h>

#include "nn/module.h"

namespace sbert::nn {

/// Convolutions over the tokens of a text, one for each window (kernel size), their channels side by side (Kim 2014).
/// Beyond both ends of a text they see 0. In Python, what a text shorter than another of its batch sees there is what
/// modules before make of padding: 0 for WordEmbeddings, and so the same vectors; anything for a Transformer, where
/// Python's vectors depend on the batch, and ours are those that Python gives a text alone.
/// On disk: cnn_config.json and convs.i.weight [out, in, window], convs.i.bias [out].
class CNN : public Module {
 public:
  static constexpr const char* kConfigFile = "cnn_config.json";

  CNN(int64_t in_dimension, const models::CNNOptions& options);
  static std::shared_ptr<CNN> from_config(const Json& config, const std::string& where);
  /// Fresh weights, uniform in +-1/sqrt(in * window), as torch.nn.Conv1d begins.
  void initialize(uint64_t seed);

  std::string type() const override { return "CNN"; }
  void forward(Execution& run, Features& features) const override;
  std::vector<ParameterPtr> parameters() const override;
  Dimensions dimensions(const Dimensions& input) const override;
  std::string config_file() const override { return kConfigFile; }
  OrderedJson config() const override;

 private:
  struct Convolution {
    int64_t window;
    ParameterPtr weight, bias;
  };

  int64_t in_dimension_;
  int64_t out_channels_;
  std::vector<Convolution> convolutions_;
};

}  // namespace sbert::nn
