#pragma once

#include "kernels/vec.inl"

namespace sbert {
namespace {

/// As to_bfloat16 of base/bfloat16.h: to nearest, ties to even; NaN stays NaN.
template <class T>
inline BFloat16 round_to_bfloat16(T value) {
  const uint32_t bits = __builtin_bit_cast(uint32_t, static_cast<float>(value));
  const uint32_t rounded = bits + 0x7fffu + ((bits >> 16) & 1u);
  const bool is_nan = (bits & 0x7fffffffu) > 0x7f800000u;
  return {static_cast<uint16_t>((is_nan ? bits | 0x400000u : rounded) >> 16)};
}

template <class T>
void to_bfloat16_row(const T* x, int64_t n, BFloat16* y) {
  for (int64_t i = 0; i < n; ++i)
    y[i] = round_to_bfloat16(x[i]);
}

template <class T>
void from_bfloat16_row(const BFloat16* x, int64_t n, T* y) {
  for (int64_t i = 0; i < n; ++i) {
    y[i] = static_cast<T>(__builtin_bit_cast(float, static_cast<uint32_t>(x[i].bits) << 16));
  }
}

/// Stores `lanes` values rounded.
template <class T>
inline void store_bfloat16(BFloat16* y, const Vec<T>& v, int64_t lanes) {
  T values[kLanes<T>];
  store(values, v);
  if (lanes >= kLanes<T>) {
    for (int l = 0; l < kLanes<T>; ++l)
      y[l] = round_to_bfloat16(values[l]);
  } else {
    for (int64_t l = 0; l < lanes; ++l)
      y[l] = round_to_bfloat16(values[l]);
  }
}

/// Stores to either or both of a row and its rounded copy.
template <class T>
inline void store_both(T* y, BFloat16* y_bf16, int64_t i, const Vec<T>& v, int64_t lanes) {
  if (y) store_lanes(y + i, v, lanes);
  if (y_bf16) store_bfloat16<T>(y_bf16 + i, v, lanes);
}

}  // namespace
}  // namespace sbert
