#pragma once

#include "kernels/dropout_mask.h"
#include "kernels/vec.inl"

namespace sbert {
namespace {

// Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC 2011): ten rounds of
// multiplications turn a 128-bit counter into four random words. Counter = {element / 4, stream}, key = {key}; element
// e takes word e % 4. Any range of a mask can therefore be computed on its own.

/// Sixteen consecutive counter blocks at a time, one in each lane.
constexpr int kPhiloxLanes = 16;
constexpr int kPhiloxWords = 4 * kPhiloxLanes;

inline void philox_round(uint32_t (&c)[4][kPhiloxLanes], uint32_t key0, uint32_t key1) {
  constexpr uint64_t kMultiplier0 = 0xd2511f53u;
  constexpr uint64_t kMultiplier1 = 0xcd9e8d57u;
  for (int l = 0; l < kPhiloxLanes; ++l) {
    const uint64_t product0 = kMultiplier0 * c[0][l];
    const uint64_t product1 = kMultiplier1 * c[2][l];
    const uint32_t next0 = static_cast<uint32_t>(product1 >> 32) ^ c[1][l] ^ key0;
    const uint32_t next2 = static_cast<uint32_t>(product0 >> 32) ^ c[3][l] ^ key1;
    c[0][l] = next0;
    c[1][l] = static_cast<uint32_t>(product1);
    c[2][l] = next2;
    c[3][l] = static_cast<uint32_t>(product0);
  }
}

/// words[4 * l + w] = word w of counter block `first_block + l`
inline void philox(uint64_t first_block, uint64_t stream, uint64_t key, uint32_t (&words)[kPhiloxWords]) {
  constexpr uint32_t kWeyl0 = 0x9e3779b9u;
  constexpr uint32_t kWeyl1 = 0xbb67ae85u;
  uint32_t c[4][kPhiloxLanes];
  for (int l = 0; l < kPhiloxLanes; ++l) {
    const uint64_t block = first_block + static_cast<uint64_t>(l);
    c[0][l] = static_cast<uint32_t>(block);
    c[1][l] = static_cast<uint32_t>(block >> 32);
    c[2][l] = static_cast<uint32_t>(stream);
    c[3][l] = static_cast<uint32_t>(stream >> 32);
  }
  uint32_t key0 = static_cast<uint32_t>(key);
  uint32_t key1 = static_cast<uint32_t>(key >> 32);
  for (int round = 0; round < 10; ++round) {
    philox_round(c, key0, key1);
    key0 += kWeyl0;
    key1 += kWeyl1;
  }
  for (int l = 0; l < kPhiloxLanes; ++l) {
    for (int w = 0; w < 4; ++w)
      words[4 * l + w] = c[w][l];
  }
}

/// An element is dropped if its word is below p * 2^32; the others are scaled by 1 / (1 - p), which keeps the mean.
template <class T>
struct DropoutScale {
  uint32_t threshold;
  T kept;
};

template <class T>
inline DropoutScale<T> dropout_scale(const DropoutMask& mask) {
  if (mask.probability >= 1) return {0, 0};
  const double p = static_cast<double>(mask.probability);
  return {static_cast<uint32_t>(p * 4294967296.0), static_cast<T>(1 / (1 - p))};
}

/// factors[i] = 0 or 1 / (1 - p) for elements [index, index + n)
template <class T>
void dropout_factors(const DropoutMask& mask, uint64_t index, int64_t n, T* factors) {
  const DropoutScale<T> scale = dropout_scale<T>(mask);
  uint32_t words[kPhiloxWords];
  int64_t skip = static_cast<int64_t>(index % 4);
  for (int64_t i = 0; i < n;) {
    philox((index + static_cast<uint64_t>(i)) / 4, mask.stream, mask.key, words);
    const int64_t available = kPhiloxWords - skip;
    const int64_t count = n - i < available ? n - i : available;
    for (int64_t k = 0; k < count; ++k)
      factors[i + k] = words[skip + k] < scale.threshold ? T{0} : scale.kept;
    i += count;
    skip = 0;
  }
}

template <class T>
void dropout(const T* x, int64_t n, const DropoutMask& mask, uint64_t index, T* y) {
  constexpr int64_t kChunk = 4 * kPhiloxWords;
  T factors[kChunk];
  for (int64_t i = 0; i < n; i += kChunk) {
    const int64_t count = n - i < kChunk ? n - i : kChunk;
    dropout_factors(mask, index + static_cast<uint64_t>(i), count, factors);
    for_each_vector<T>(count, [&](int64_t k, int64_t lanes) {
      store_lanes<T>(y + i + k, load_lanes(x + i + k, lanes) * load_lanes(factors + k, lanes), lanes);
    });
  }
}

}  // namespace
}  // namespace sbert
