#include "evaluation/scored_metrics.h"

#include <algorithm>
#include <cmath>

#include "evaluation/score_groups.h"

namespace sbert::evaluation {

double average_precision(std::span<const float> scores, std::span<const int> relevant) {
  const auto total = static_cast<double>(std::count(relevant.begin(), relevant.end(), 1));
  if (total == 0) return 0;
  double sum = 0, seen = 0, found = 0;
  for (const ScoreGroup& group : group_by_score(scores, relevant)) {
    seen += static_cast<double>(group.size);
    found += static_cast<double>(group.positives);
    sum += found / seen * static_cast<double>(group.positives) / total;
  }
  return sum;
}

double tie_averaged_ndcg(std::span<const float> scores, std::span<const int> relevant, size_t k) {
  const auto discounts = [k](size_t begin, size_t end) {
    double sum = 0;
    for (size_t rank = begin; rank < std::min(end, k); ++rank)
      sum += 1 / std::log2(static_cast<double>(rank) + 2);
    return sum;
  };
  const auto total = static_cast<size_t>(std::count(relevant.begin(), relevant.end(), 1));
  if (total == 0) return 0;
  double dcg = 0;
  size_t rank = 0;
  for (const ScoreGroup& group : group_by_score(scores, relevant)) {
    const double average_gain = static_cast<double>(group.positives) / static_cast<double>(group.size);
    dcg += average_gain * discounts(rank, rank + group.size);
    rank += group.size;
  }
  return dcg / discounts(0, total);
}

}  // namespace sbert::evaluation
