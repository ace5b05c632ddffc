#include "evaluation/ranking_metrics.h"

#include <algorithm>
#include <cmath>

namespace sbert::evaluation {

namespace {

size_t depth(const Ranking& ranking, size_t k) {
  return std::min(k, ranking.relevant.size());
}

double hits_at(const Ranking& ranking, size_t k) {
  const auto begin = ranking.relevant.begin();
  return static_cast<double>(std::count(begin, begin + static_cast<std::ptrdiff_t>(depth(ranking, k)), true));
}

double discount(size_t rank) {
  return 1 / std::log2(static_cast<double>(rank) + 2);
}

}  // namespace

double accuracy_at(const Ranking& ranking, size_t k) {
  return hits_at(ranking, k) > 0 ? 1 : 0;
}

double precision_at(const Ranking& ranking, size_t k) {
  return hits_at(ranking, k) / static_cast<double>(k);
}

double recall_at(const Ranking& ranking, size_t k) {
  return hits_at(ranking, k) / static_cast<double>(ranking.relevant_total);
}

double reciprocal_rank_at(const Ranking& ranking, size_t k) {
  for (size_t rank = 0; rank < depth(ranking, k); ++rank) {
    if (ranking.relevant[rank]) return 1 / static_cast<double>(rank + 1);
  }
  return 0;
}

double ndcg_at(const Ranking& ranking, size_t k) {
  double dcg = 0, ideal = 0;
  for (size_t rank = 0; rank < depth(ranking, k); ++rank) {
    if (ranking.relevant[rank]) dcg += discount(rank);
  }
  for (size_t rank = 0; rank < std::min(k, ranking.relevant_total); ++rank)
    ideal += discount(rank);
  return dcg / ideal;
}

double average_precision_at(const Ranking& ranking, size_t k) {
  double hits = 0, sum = 0;
  for (size_t rank = 0; rank < depth(ranking, k); ++rank) {
    if (!ranking.relevant[rank]) continue;
    hits += 1;
    sum += hits / static_cast<double>(rank + 1);
  }
  return sum / static_cast<double>(std::min(k, ranking.relevant_total));
}

}  // namespace sbert::evaluation
