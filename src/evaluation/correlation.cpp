#include "evaluation/correlation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace sbert::evaluation {

namespace {

std::vector<double> centered(std::span<const double> values) {
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  std::vector<double> result(values.begin(), values.end());
  for (double& value : result)
    value -= mean;
  return result;
}

double dot(std::span<const double> x, std::span<const double> y) {
  return std::inner_product(x.begin(), x.end(), y.begin(), 0.0);
}

bool is_constant(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(), [&](double value) { return value == values.front(); });
}

}  // namespace

double pearson(std::span<const double> x, std::span<const double> y) {
  // Asked exactly, because the rounding of the mean can leave a constant side with a length just above zero.
  if (x.size() < 2 || is_constant(x) || is_constant(y)) return std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> dx = centered(x), dy = centered(y);
  return std::clamp(dot(dx, dy) / (std::sqrt(dot(dx, dx)) * std::sqrt(dot(dy, dy))), -1.0, 1.0);
}

double spearman(std::span<const double> x, std::span<const double> y) {
  const auto is_nan = [](double value) { return std::isnan(value); };
  // Ranks would hide them.
  if (std::any_of(x.begin(), x.end(), is_nan) || std::any_of(y.begin(), y.end(), is_nan)) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return pearson(average_ranks(x), average_ranks(y));
}

std::vector<double> average_ranks(std::span<const double> values) {
  std::vector<size_t> order(values.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (size_t begin = 0; begin < order.size();) {
    size_t end = begin + 1;
    while (end < order.size() && values[order[end]] == values[order[begin]])
      ++end;
    const double rank = static_cast<double>(begin + 1 + end) / 2;  // the average of begin + 1 ... end
    for (; begin < end; ++begin)
      ranks[order[begin]] = rank;
  }
  return ranks;
}

}  // namespace sbert::evaluation
