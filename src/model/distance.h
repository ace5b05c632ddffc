#pragma once

#include <cmath>
#include <cstddef>

namespace sbert {

/// sum_i f(a[i], b[i]) in sixteen interleaved partial sums: the compiler can use vector registers without reordering
/// anything, so every build gives the same bits, and the rounding error grows with n / 16.
template <class Value, class Function>
Value interleaved_sum(const float* a, const float* b, size_t n, Function&& f) {
  constexpr size_t kLanes = 16;
  Value lanes[kLanes] = {};
  size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    for (size_t lane = 0; lane < kLanes; ++lane)
      lanes[lane] += f(a[i + lane], b[i + lane]);
  }
  for (size_t lane = 0; i < n; ++i, ++lane)
    lanes[lane] += f(a[i], b[i]);
  Value sum = 0;
  for (const Value lane : lanes)
    sum += lane;
  return sum;
}

/// |a - b|_2
inline float euclidean_distance(const float* a, const float* b, size_t n) {
  return std::sqrt(interleaved_sum<float>(a, b, n, [](float x, float y) { return (x - y) * (x - y); }));
}

/// |a - b|_1
inline float manhattan_distance(const float* a, const float* b, size_t n) {
  return interleaved_sum<float>(a, b, n, [](float x, float y) { return std::fabs(x - y); });
}

/// a . b, accumulated in double
inline double dot_product(const float* a, const float* b, size_t n) {
  return interleaved_sum<double>(a, b, n, [](float x, float y) { return static_cast<double>(x) * y; });
}

/// Length of a, at least 1e-12 so that a zero vector can be divided by it.
inline double safe_length(const float* a, size_t n) {
  const double length = std::sqrt(dot_product(a, a, n));
  return length > 1e-12 ? length : 1e-12;
}

}  // namespace sbert
