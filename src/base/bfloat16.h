#pragma once

#include <bit>
#include <cstdint>

namespace sbert {

/// The upper half of a float: 8 exponent and 7 mantissa bits. Storage only; arithmetic happens in float.
struct BFloat16 {
  uint16_t bits;
};

static_assert(sizeof(BFloat16) == 2);

/// Rounds to nearest, ties to even; NaN stays NaN.
inline BFloat16 to_bfloat16(float value) {
  uint32_t bits = std::bit_cast<uint32_t>(value);
  if ((bits & 0x7fffffffu) > 0x7f800000u) return {static_cast<uint16_t>((bits >> 16) | 0x40u)};
  bits += 0x7fffu + ((bits >> 16) & 1u);
  return {static_cast<uint16_t>(bits >> 16)};
}

inline float to_float(BFloat16 value) {
  return std::bit_cast<float>(static_cast<uint32_t>(value.bits) << 16);
}

}  // namespace sbert
