#pragma once

#include "kernels/vec.inl"

namespace sbert {
namespace {

template <class T>
void add_scaled(T alpha, const T* x, int64_t n, T* y) {
  for_each_vector<T>(n, [=](int64_t i, int64_t lanes) {
    store_lanes<T>(y + i, load_lanes(y + i, lanes) + alpha * load_lanes(x + i, lanes), lanes);
  });
}

template <class T>
T dot(const T* x, const T* y, int64_t n) {
  return sum_lanes<T>(
      sum_vectors<T>(n, [=](int64_t i, int64_t lanes) { return load_lanes(x + i, lanes) * load_lanes(y + i, lanes); }));
}

/// In double, because gradients of a hundred million parameters are summed: sixteen partial sums, each adding every
/// sixteenth element in order.
template <class T>
double squared_norm(const T* x, int64_t n) {
  constexpr int kSums = 16;
  double sums[kSums] = {};
  int64_t i = 0;
  for (; i + kSums <= n; i += kSums) {
    for (int l = 0; l < kSums; ++l)
      sums[l] += static_cast<double>(x[i + l]) * static_cast<double>(x[i + l]);
  }
  for (int l = 0; i + l < n; ++l)
    sums[l] += static_cast<double>(x[i + l]) * static_cast<double>(x[i + l]);
  for (int half = kSums / 2; half > 0; half /= 2) {
    for (int l = 0; l < half; ++l)
      sums[l] += sums[l + half];
  }
  return sums[0];
}

/// y[j] += sum_r x[r, j] for j in [begin, end), rows in order: each out[j] passes through a register once.
template <class T, class Value>
inline void sum_rows(int64_t rows, int64_t begin, int64_t end, T* out, const Value& value) {
  for_each_vector<T>(end - begin, [&](int64_t offset, int64_t lanes) {
    const int64_t j = begin + offset;
    Vec<T> sum = load_lanes(out + j, lanes);
    for (int64_t r = 0; r < rows; ++r)
      sum += value(r, j, lanes);
    store_lanes(out + j, sum, lanes);
  });
}

template <class T>
void column_sum(const T* x, int64_t rows, int64_t cols, int64_t column_begin, int64_t column_end, T* out) {
  sum_rows<T>(rows, column_begin, column_end, out,
              [=](int64_t r, int64_t j, int64_t lanes) { return load_lanes(x + r * cols + j, lanes); });
}

}  // namespace
}  // namespace sbert
