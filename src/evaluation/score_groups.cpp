#include "evaluation/score_groups.h"

#include <algorithm>
#include <numeric>

namespace sbert::evaluation {

std::vector<ScoreGroup> group_by_score(std::span<const float> scores, std::span<const int> labels) {
  std::vector<size_t> order(scores.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return scores[a] > scores[b]; });
  std::vector<ScoreGroup> groups;
  for (const size_t item : order) {
    if (groups.empty() || groups.back().score != scores[item]) groups.push_back({scores[item], 0, 0});
    groups.back().size += 1;
    groups.back().positives += labels[item] == 1;
  }
  return groups;
}

}  // namespace sbert::evaluation
