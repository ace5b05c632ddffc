#pragma once

#include "kernels/arithmetic.inl"

namespace sbert {
namespace {

template <class T>
void sum_tokens(const T* x, int64_t length, int64_t hidden, T scale, T* y) {
  for (int64_t j = 0; j < hidden; ++j)
    y[j] = 0;
  column_sum(x, length, hidden, 0, hidden, y);
  for (int64_t j = 0; j < hidden; ++j)
    y[j] *= scale;
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
