#pragma once

#include "kernels/math.inl"

namespace sbert {
namespace {

/// What turns exponentials into a soft-max and its log-sum-exp.
template <class T>
struct SoftmaxSum {
  T maximum;
  T sum;
};

template <class T>
inline T log_sum_exp(const SoftmaxSum<T>& s) {
  return s.maximum + logarithm(s.sum);
}

/// x[i] = exp(x[i] - max x) over a row of n; the maximum is subtracted so that nothing overflows. If the row is padded
/// to whole vectors, the padding may hold anything and becomes zero.
template <bool IsPadded, class T>
inline SoftmaxSum<T> exponentials(T* x, int64_t n) {
  constexpr T kLowest = -static_cast<T>(__builtin_huge_val());
  const auto row = [=](int64_t i, int64_t lanes) {
    if (lanes == kLanes<T>) return load(x + i);
    return IsPadded ? keep_lanes<T>(load(x + i), lanes, kLowest) : load_partial(x + i, lanes, kLowest);
  };
  Vec<T> highest = broadcast(kLowest);
  int64_t i = 0;
  for (; i + kLanes<T> <= n; i += kLanes<T>)
    highest = max(highest, row(i, kLanes<T>));
  if (i < n) highest = max(highest, row(i, n - i));
  const T maximum = max_lanes<T>(highest);

  const Vec<T> sums = sum_vectors<T>(n, [=](int64_t j, int64_t lanes) {
    const Vec<T> e = exp(row(j, lanes) - maximum);
    store_lanes(x + j, e, IsPadded ? int64_t{kLanes<T>} : lanes);
    return e;
  });
  return {maximum, sum_lanes<T>(sums)};
}

template <class T>
T softmax(T* x, int64_t n) {
  const SoftmaxSum<T> s = exponentials<false>(x, n);
  const T inverse = 1 / s.sum;
  for_each_vector<T>(
      n, [=](int64_t i, int64_t lanes) { store_lanes<T>(x + i, load_lanes(x + i, lanes) * inverse, lanes); });
  return log_sum_exp(s);
}

}  // namespace
}  // namespace sbert
