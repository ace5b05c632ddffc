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

/// out[j] += sum_r value(r, j, lanes) for r in [row_begin, row_end) and j in [begin, end), rows in order. Each out[j]
/// passes through a register once; several vectors of a row are taken together.
template <class T, class Value>
inline void sum_row_block(int64_t row_begin, int64_t row_end, int64_t begin, int64_t end, T* out, const Value& value) {
  constexpr int kVectors = 8;
  int64_t j = begin;
  for (; j + kVectors * kLanes<T> <= end; j += kVectors * kLanes<T>) {
    Vec<T> sums[kVectors];
    for (int v = 0; v < kVectors; ++v)
      sums[v] = load(out + j + v * kLanes<T>);
    for (int64_t r = row_begin; r < row_end; ++r) {
      for (int v = 0; v < kVectors; ++v)
        sums[v] += value(r, j + v * kLanes<T>, kLanes<T>);
    }
    for (int v = 0; v < kVectors; ++v)
      store(out + j + v * kLanes<T>, sums[v]);
  }
  for_each_vector<T>(end - j, [&](int64_t offset, int64_t lanes) {
    Vec<T> sum = load_lanes(out + j + offset, lanes);
    for (int64_t r = row_begin; r < row_end; ++r)
      sum += value(r, j + offset, lanes);
    store_lanes(out + j + offset, sum, lanes);
  });
}

/// Rows that are summed before going on to the next columns: so few that their pages stay in the address cache.
constexpr int64_t kSumRows = 16;

/// block(row_begin, row_end) for blocks of kSumRows rows.
template <class Block>
inline void for_each_row_block(int64_t rows, const Block& block) {
  for (int64_t r = 0; r < rows; r += kSumRows)
    block(r, r + kSumRows < rows ? r + kSumRows : rows);
}

template <class T>
void column_sum(const T* x, int64_t rows, int64_t cols, int64_t column_begin, int64_t column_end, T* out) {
  for_each_row_block(rows, [=](int64_t row_begin, int64_t row_end) {
    sum_row_block<T>(row_begin, row_end, column_begin, column_end, out,
                     [=](int64_t r, int64_t j, int64_t lanes) { return load_lanes(x + r * cols + j, lanes); });
  });
}

}  // namespace
}  // namespace sbert
