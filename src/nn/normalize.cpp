#include "nn/normalize.h"

#include "tensor/ops/rows.h"

namespace sbert::nn {

void Normalize::forward(Execution& run, Features& features) const {
  features.sentence_embedding = normalize_rows(run, features.sentence_embedding);
}

}  // namespace sbert::nn
