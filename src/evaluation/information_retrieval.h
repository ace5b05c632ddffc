#pragma once

#include <string>
#include <vector>

#include <sbert/evaluation.h>

#include "evaluation/ranking_metrics.h"

namespace sbert::evaluation {

/// The deepest rank that any of the metrics looks at.
size_t deepest_rank(const InformationRetrievalOptions& options);

/// Averages over all queries of one similarity function: "cosine_accuracy@1", "cosine_ndcg@10", ...
void add_retrieval_metrics(const std::vector<Ranking>& rankings, const InformationRetrievalOptions& options,
                           SimilarityFunction function, EvaluationResult& result);

}  // namespace sbert::evaluation
