#pragma once

#include <vector>

#include <sbert/sentence_transformer.h>
#include <sbert/similarity.h>

namespace sbert::evaluation {

/// What to report: `chosen`, or the model's own function if none was chosen.
inline std::vector<SimilarityFunction> functions_to_report(const std::vector<SimilarityFunction>& chosen,
                                                           const SentenceTransformer& model) {
  return chosen.empty() ? std::vector{model.similarity_function()} : chosen;
}

}  // namespace sbert::evaluation
