#pragma once

#include <span>
#include <vector>

namespace sbert::evaluation {

/// r = sum (x - mean x)(y - mean y) / (|x - mean x| |y - mean y|), in [-1, 1]; NaN if either side is constant, as
/// scipy.stats.pearsonr. REQUIRES: x.size() == y.size().
double pearson(std::span<const double> x, std::span<const double> y);

/// Pearson correlation of the ranks, tied values sharing their average rank, as scipy.stats.spearmanr.
double spearman(std::span<const double> x, std::span<const double> y);

/// 1-based ranks; equal values share the average of the ranks they take (scipy.stats.rankdata).
std::vector<double> average_ranks(std::span<const double> values);

}  // namespace sbert::evaluation
