#pragma once

#include "kernels/arithmetic.inl"

namespace sbert {
namespace {

/// Tokens are added up in blocks, and those sums then: texts of thousands of tokens lose no digits.
template <class T>
void sum_tokens(const T* x, int64_t length, int64_t hidden, T scale, T* y) {
  constexpr int64_t kBlock = 64, kColumns = 256;
  for (int64_t begin = 0; begin < hidden; begin += kColumns) {
    const int64_t columns = begin + kColumns < hidden ? kColumns : hidden - begin;
    T* total = y + begin;
    for (int64_t j = 0; j < columns; ++j)
      total[j] = 0;
    for (int64_t t = 0; t < length; t += kBlock) {
      T sums[kColumns] = {};
      column_sum(x + t * hidden + begin, t + kBlock < length ? kBlock : length - t, hidden, 0, columns, sums);
      for (int64_t j = 0; j < columns; ++j)
        total[j] += sums[j];
    }
    for (int64_t j = 0; j < columns; ++j)
      total[j] *= scale;
  }
}

/// The first NaN of a column is its maximum, as in PyTorch.
template <class T>
void max_tokens(const T* x, int64_t length, int64_t hidden, T* y, int32_t* argmax) {
  for (int64_t j = 0; j < hidden; ++j) {
    y[j] = x[j];
    argmax[j] = 0;
  }
  for (int64_t t = 1; t < length; ++t) {
    const T* row = x + t * hidden;
    for (int64_t j = 0; j < hidden; ++j) {
      const bool is_new = (row[j] > y[j]) | ((row[j] != row[j]) & (y[j] == y[j]));
      y[j] = is_new ? row[j] : y[j];
      argmax[j] = is_new ? static_cast<int32_t>(t) : argmax[j];
    }
  }
}

}  // namespace
}  // namespace sbert
