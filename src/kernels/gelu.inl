#pragma once

#include "kernels/math.inl"
#include "kernels/rounding.inl"

namespace sbert {
namespace {

/// y = x * Phi(x)
template <class T>
void gelu(const T* x, int64_t n, T* y, BFloat16* y_bf16) {
  for_each_vector<T>(n, [=](int64_t i, int64_t lanes) {
    const Vec<T> v = load_lanes(x + i, lanes);
    store_both<T>(y, y_bf16, i, v * normal_cdf(v), lanes);
  });
}

/// dx = dy * d(x Phi(x))/dx = dy * (Phi(x) + x * phi(x)), because Phi' = phi
template <class T>
void gelu_backward(const T* x, const T* dy, int64_t n, T* dx, BFloat16* dx_bf16) {
  for_each_vector<T>(n, [=](int64_t i, int64_t lanes) {
    const Vec<T> v = load_lanes(x + i, lanes);
    const Vec<T> slope = normal_cdf(v) + v * normal_pdf(v);
    store_both<T>(dx, dx_bf16, i, load_lanes(dy + i, lanes) * slope, lanes);
  });
}

}  // namespace
}  // namespace sbert
