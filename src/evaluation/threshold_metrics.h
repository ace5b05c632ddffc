#pragma once

#include <cstddef>
#include <span>

#include "evaluation/score_groups.h"

namespace sbert::evaluation {

/// The best that one threshold on a score can do. A pair counts as similar if its score is at least the threshold.
struct BestAccuracy {
  double accuracy = 0;
  float threshold = 0;
};
struct BestF1 {
  double f1 = 0, precision = 0, recall = 0;
  float threshold = 0;  ///< 0 if nothing is similar
};

// Thresholds are midpoints between neighbouring scores; the first of equally good ones, from high to low, is taken.
// REQUIRES: groups are from the highest score to the lowest.

/// (true positives + true negatives) / all. The threshold above all scores is a candidate too.
BestAccuracy best_accuracy(std::span<const ScoreGroup> groups);

/// 2 precision recall / (precision + recall)
BestF1 best_f1(std::span<const ScoreGroup> groups);

/// Matthews' correlation coefficient of (score >= threshold) with the labels; 0 where it is not defined.
double matthews_correlation(std::span<const ScoreGroup> groups, float threshold);

}  // namespace sbert::evaluation
