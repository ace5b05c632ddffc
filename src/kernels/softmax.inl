#pragma once

#include "kernels/math.inl"

namespace sbert {
namespace {

/// In place over the first n of a row padded to whole vectors; what the padding holds is read, not used, and left zero.
/// The maximum is subtracted first, so exp never overflows. Returns log(sum(exp(x))).
template <class T>
T softmax_padded(T* x, int64_t n) {
  constexpr T kLowest = -static_cast<T>(__builtin_huge_val());
  const int64_t last = (n - 1) / kLanes<T> * kLanes<T>;
  store(x + last, load_partial(x + last, n - last, kLowest));

  Vec<T> highest = load(x);
  for (int64_t i = kLanes<T>; i <= last; i += kLanes<T>)
    highest = max<T>(highest, load(x + i));
  const T maximum = max_lanes<T>(highest);

  const Vec<T> sums = sum_vectors<T>(last + kLanes<T>, [=](int64_t i, int64_t) {
    const Vec<T> e = exp(load(x + i) - maximum);
    store(x + i, e);
    return e;
  });
  const T sum = sum_lanes<T>(sums);
  const T inverse = 1 / sum;
  for (int64_t i = 0; i <= last; i += kLanes<T>)
    store<T>(x + i, load(x + i) * inverse);
  return maximum + logarithm(sum);
}

template <class T>
T softmax(T* x, int64_t n) {
  constexpr T kLowest = -static_cast<T>(__builtin_huge_val());
  T maximum = kLowest;
  Vec<T> highest = broadcast(kLowest);
  for_each_vector<T>(n, [&](int64_t i, int64_t lanes) {
    highest = max<T>(highest, lanes == kLanes<T> ? load(x + i) : load_partial(x + i, lanes, kLowest));
  });
  maximum = max_lanes<T>(highest);

  const T sum = sum_lanes<T>(sum_vectors<T>(n, [=](int64_t i, int64_t lanes) {
    const Vec<T> e = keep_lanes<T>(exp(load_lanes(x + i, lanes) - maximum), lanes);
    store_lanes(x + i, e, lanes);
    return e;
  }));
  const T inverse = 1 / sum;
  for_each_vector<T>(
      n, [=](int64_t i, int64_t lanes) { store_lanes<T>(x + i, load_lanes(x + i, lanes) * inverse, lanes); });
  return maximum + logarithm(sum);
}

}  // namespace
}  // namespace sbert
