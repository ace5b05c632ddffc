#pragma once

#include "kernels/vec.inl"

namespace sbert {
namespace {

/// As to_bfloat16 of base/bfloat16.h, in each lane: to nearest, ties to even; NaN stays NaN.
inline void store_bfloat16(BFloat16* y, const Vec<float>& v, int64_t lanes) {
  using Bits = Vec<uint32_t>;
  using Halves = VectorType<uint16_t, kVectorBytes / 2>::type;
  const Bits bits = __builtin_bit_cast(Bits, v);
  const Bits rounded = bits + 0x7fffu + ((bits >> 16) & 1u);
  const Bits upper = (v == v ? rounded : bits | 0x400000u) >> 16;
  const Halves halves = __builtin_convertvector(upper, Halves);
  if (lanes >= kLanes<float>) {
    __builtin_memcpy(y, &halves, sizeof(halves));
  } else {
    for (int l = 0; l < kLanes<float>; ++l) {
      if (l < lanes) y[l] = {halves[l]};
    }
  }
}

inline void store_bfloat16(BFloat16* y, const Vec<double>& v, int64_t lanes) {
  for (int64_t l = 0; l < lanes; ++l) {
    Vec<float> one{};
    one[0] = static_cast<float>(v[l]);
    store_bfloat16(y + l, one, 1);
  }
}

template <class T>
void to_bfloat16_row(const T* x, int64_t n, BFloat16* y) {
  for_each_vector<T>(n, [=](int64_t i, int64_t lanes) { store_bfloat16(y + i, load_lanes(x + i, lanes), lanes); });
}

template <class T>
void from_bfloat16_row(const BFloat16* x, int64_t n, T* y) {
  for (int64_t i = 0; i < n; ++i) {
    y[i] = static_cast<T>(__builtin_bit_cast(float, static_cast<uint32_t>(x[i].bits) << 16));
  }
}

/// Stores to either or both of a row and its rounded copy.
template <class T>
inline void store_both(T* y, BFloat16* y_bf16, int64_t i, const Vec<T>& v, int64_t lanes) {
  if (y) store_lanes(y + i, v, lanes);
  if (y_bf16) store_bfloat16(y_bf16 + i, v, lanes);
}

}  // namespace
}  // namespace sbert
