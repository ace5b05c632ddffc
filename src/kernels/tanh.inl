#pragma once

#include "kernels/math.inl"

namespace sbert {
namespace {

template <class T>
void tanh_row(const T* x, int64_t n, T* y) {
  for_each_vector<T>(n,
                     [=](int64_t i, int64_t lanes) { store_lanes<T>(y + i, tanh(load_lanes(x + i, lanes)), lanes); });
}

}  // namespace
}  // namespace sbert
