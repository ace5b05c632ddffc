#include "evaluation/threshold_metrics.h"

#include <cmath>
#include <limits>

namespace sbert::evaluation {

namespace {

struct Counts {
  double all = 0, positives = 0;
};

Counts count(std::span<const ScoreGroup> groups) {
  Counts counts;
  for (const ScoreGroup& group : groups) {
    counts.all += static_cast<double>(group.size);
    counts.positives += static_cast<double>(group.positives);
  }
  return counts;
}

/// A threshold that takes in group i, but not the next one (to which a midpoint may be rounded).
float threshold_below(std::span<const ScoreGroup> groups, size_t i) {
  const float score = groups[i].score;
  if (i + 1 == groups.size()) return score;
  const float midpoint = (score + groups[i + 1].score) / 2;
  return midpoint == groups[i + 1].score ? score : midpoint;
}

}  // namespace

BestAccuracy best_accuracy(std::span<const ScoreGroup> groups) {
  if (groups.empty()) return {};
  const Counts counts = count(groups);
  double true_positives = 0, true_negatives = counts.all - counts.positives;
  double best = true_negatives;
  float threshold = std::nextafter(groups.front().score, std::numeric_limits<float>::infinity());
  for (size_t i = 0; i < groups.size(); ++i) {
    true_positives += static_cast<double>(groups[i].positives);
    true_negatives -= static_cast<double>(groups[i].size - groups[i].positives);
    if (true_positives + true_negatives <= best) continue;
    best = true_positives + true_negatives;
    threshold = threshold_below(groups, i);
  }
  return {best / counts.all, threshold};
}

BestF1 best_f1(std::span<const ScoreGroup> groups) {
  const Counts counts = count(groups);
  double chosen = 0, correct = 0;
  BestF1 best;
  for (size_t i = 0; i < groups.size(); ++i) {
    chosen += static_cast<double>(groups[i].size);
    correct += static_cast<double>(groups[i].positives);
    if (correct == 0) continue;
    const double precision = correct / chosen, recall = correct / counts.positives;
    const double f1 = 2 * precision * recall / (precision + recall);
    if (f1 > best.f1) best = {f1, precision, recall, threshold_below(groups, i)};
  }
  return best;
}

double matthews_correlation(std::span<const ScoreGroup> groups, float threshold) {
  const Counts counts = count(groups);
  double chosen = 0, correct = 0;
  for (const ScoreGroup& group : groups) {
    if (!(group.score >= threshold)) break;
    chosen += static_cast<double>(group.size);
    correct += static_cast<double>(group.positives);
  }
  const double covariance = correct * counts.all - chosen * counts.positives;
  const double variances = chosen * (counts.all - chosen) * counts.positives * (counts.all - counts.positives);
  return variances == 0 ? 0 : covariance / std::sqrt(variances);
}

}  // namespace sbert::evaluation
