#pragma once

#include "nn/module.h"

namespace sbert::nn {

/// Inverted dropout of sentence embeddings (Srivastava et al. 2014), in training only.
class Dropout : public Module {
 public:
  /// THROWS: invalid_argument unless 0 <= probability <= 1.
  explicit Dropout(double probability);
  static std::shared_ptr<Dropout> from_config(const Json& config, const std::string& where);

  std::string type() const override { return "Dropout"; }
  void forward(Execution& run, Features& features) const override;
  Dimensions dimensions(const Dimensions& input) const override;
  OrderedJson config() const override { return {{"dropout", probability_}}; }

 private:
  double probability_;
};

/// What a config says of dropout. THROWS: corrupt_data unless it is a probability.
double dropout_from_config(const Json& config, double fallback, const std::string& where);

}  // namespace sbert::nn
