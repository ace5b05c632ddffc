#pragma once

#include <cstddef>
#include <span>

namespace sbert::evaluation {

// Metrics of items with a score and a binary relevance, in which equal scores have no order, as in scikit-learn.
// REQUIRES: scores.size() == relevant.size().

/// AP = sum over distinct scores, from high to low, of precision * (recall - recall before): average_precision_score.
/// 0 if nothing is relevant.
double average_precision(std::span<const float> scores, std::span<const int> relevant);

/// DCG / ideal DCG over the k best, DCG = sum_{r<=k} rel_r / log2(r + 1) averaged over all orders of equal scores
/// (McSherry & Najork 2008): ndcg_score. 0 if nothing is relevant.
double tie_averaged_ndcg(std::span<const float> scores, std::span<const int> relevant, size_t k);

}  // namespace sbert::evaluation
