#include "nn/dropout.h"

#include "base/fail.h"
#include "nn/feature_name.h"
#include "tensor/ops/activation.h"

namespace sbert::nn {

double dropout_from_config(const Json& config, double fallback, const std::string& where) {
  const auto probability = json_value<double>(config, "dropout", fallback, where);
  if (!(probability >= 0 && probability <= 1)) {
    fail(ErrorCode::corrupt_data, where, ": 'dropout' is ", probability, ", not a probability");
  }
  return probability;
}

Dropout::Dropout(double probability) : probability_(probability) {
  if (!(probability >= 0 && probability <= 1)) {
    fail(ErrorCode::invalid_argument, "Dropout: a probability is between 0 and 1, not ", probability);
  }
}

std::shared_ptr<Dropout> Dropout::from_config(const Json& config, const std::string& where) {
  return std::make_shared<Dropout>(dropout_from_config(config, 0.2, where));
}

void Dropout::forward(Execution& run, Features& features) const {
  run.dropout_first_row = static_cast<uint64_t>(features.batch.before.sequences);
  features.sentence_embedding = dropout(run, features.sentence_embedding, probability_);
}

Dimensions Dropout::dimensions(const Dimensions& input) const {
  check_input(*this, FeatureName::sentence_embedding, input);
  return input;
}

}  // namespace sbert::nn
