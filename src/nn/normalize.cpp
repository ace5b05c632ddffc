#include "nn/normalize.h"

#include "nn/feature_name.h"
#include "tensor/ops/rows.h"

namespace sbert::nn {

void Normalize::forward(Execution& run, Features& features) const {
  features.sentence_embedding = normalize_rows(run, features.sentence_embedding);
}

Dimensions Normalize::dimensions(const Dimensions& input) const {
  check_input(*this, FeatureName::sentence_embedding, input);
  return input;
}

}  // namespace sbert::nn
