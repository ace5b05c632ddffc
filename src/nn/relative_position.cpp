#include "nn/relative_position.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace sbert::nn {
namespace {

constexpr int64_t kMaxDistance = 128;

int64_t bucket(int64_t distance, int64_t buckets) {
  const int64_t half = buckets / 2;
  const int64_t exact = half / 2;
  const int64_t first = distance > 0 ? half : 0;
  const int64_t n = std::abs(distance);
  if (n < exact) return first + n;
  const auto whole = static_cast<float>(std::log(static_cast<double>(kMaxDistance) / static_cast<double>(exact)));
  const float part = std::log(static_cast<float>(n) / static_cast<float>(exact)) / whole;
  const auto beyond = static_cast<int64_t>(part * static_cast<float>(half - exact));
  return first + std::min(exact + beyond, half - 1);
}

}  // namespace

std::vector<int32_t> relative_buckets(int64_t length, int64_t buckets) {
  std::vector<int32_t> all;
  all.reserve(static_cast<size_t>(2 * length - 1));
  for (int64_t distance = 1 - length; distance < length; ++distance)
    all.push_back(static_cast<int32_t>(bucket(distance, buckets)));
  return all;
}

}  // namespace sbert::nn
