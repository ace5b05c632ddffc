#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace sbert::evaluation {

/// Items with one and the same score.
struct ScoreGroup {
  float score;
  size_t size;
  size_t positives;  ///< items with label 1
};

/// From the highest score to the lowest. REQUIRES: scores.size() == labels.size().
std::vector<ScoreGroup> group_by_score(std::span<const float> scores, std::span<const int> labels);

}  // namespace sbert::evaluation
