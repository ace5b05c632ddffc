#pragma once

#include <span>
#include <vector>

#include <sbert/embeddings.h>
#include <sbert/evaluation.h>

namespace sbert::evaluation {

/// What EmbeddingSimilarityEvaluator reports, given the embeddings of both sides.
EvaluationResult embedding_similarity_metrics(const Embeddings& embeddings1, const Embeddings& embeddings2,
                                              std::span<const float> scores,
                                              std::span<const SimilarityFunction> functions);

}  // namespace sbert::evaluation
