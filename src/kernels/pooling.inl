#pragma once

#include "kernels/arithmetic.inl"

namespace sbert {
namespace {

/// y[j] = scale * sum_t row(t)[j]. Rows are added up in blocks, and those sums then: texts of thousands of tokens lose
/// no digits.
template <class T, class Row>
inline void sum_rows_in_blocks(const Row& row, int64_t length, int64_t hidden, T scale, T* y) {
  constexpr int64_t kBlock = 64, kColumns = 256;
  for (int64_t begin = 0; begin < hidden; begin += kColumns) {
    const int64_t columns = begin + kColumns < hidden ? kColumns : hidden - begin;
    T* total = y + begin;
    for (int64_t j = 0; j < columns; ++j)
      total[j] = 0;
    for (int64_t t = 0; t < length; t += kBlock) {
      T sums[kColumns] = {};
      for_each_row_block(t + kBlock < length ? kBlock : length - t, [&](int64_t row_begin, int64_t row_end) {
        sum_row_block<T>(row_begin, row_end, 0, columns, sums, [&](int64_t r, int64_t j, int64_t lanes) {
          return load_lanes(row(t + r) + begin + j, lanes);
        });
      });
      for (int64_t j = 0; j < columns; ++j)
        total[j] += sums[j];
    }
    for (int64_t j = 0; j < columns; ++j)
      total[j] *= scale;
  }
}

template <class T>
void sum_tokens(const T* x, int64_t length, int64_t hidden, T scale, T* y) {
  sum_rows_in_blocks([=](int64_t t) { return x + t * hidden; }, length, hidden, scale, y);
}

template <class T>
void sum_rows(const T* table, const int32_t* rows, int64_t count, int64_t hidden, T scale, T* y) {
  sum_rows_in_blocks([=](int64_t i) { return table + rows[i] * hidden; }, count, hidden, scale, y);
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
