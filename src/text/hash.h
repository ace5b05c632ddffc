#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace sbert::text {

/// Spreads the bits of `x` over the whole word.
inline uint64_t mix(uint64_t x) {
  x *= 0x9e3779b97f4a7c15u;
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93u;
  return x ^ x >> 32;
}

/// Hash of a short string for the tables of one process; not stable across versions and not meant for anything else.
inline uint64_t hash_bytes(std::string_view bytes) {
  uint64_t hash = bytes.size();
  size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) {
    uint64_t eight;
    std::memcpy(&eight, bytes.data() + at, 8);
    hash = mix(hash ^ eight);
  }
  uint64_t rest = 0;
  std::memcpy(&rest, bytes.data() + at, bytes.size() - at);
  return mix(hash ^ rest);
}

}  // namespace sbert::text
