#pragma once

#include "kernels/dropout_mask.h"
#include "kernels/vec.inl"

namespace sbert {
namespace {

// Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC 2011): ten rounds of
// multiplications turn a 128-bit counter and a 64-bit key into four random words. The counter is {block, stream}.
// Elements are decided in groups of 64, by the words of sixteen consecutive blocks: element 64 g + 16 w + b takes word
// w of block 16 g + b. So any range of a mask can be computed on its own, and what vectors hold is stored as it is.

/// The product of the lower halves of 64-bit lanes. Written with operators it costs three multiplications where one
/// instruction has it all, and dropout takes nearly three times as long with AVX2 or SSE.
inline Vec<uint64_t> multiply_lower_halves(const Vec<uint64_t>& a, const Vec<uint64_t>& b) {
#if defined(__AVX512F__)
  return (Vec<uint64_t>)_mm512_maskz_mul_epu32(0xff, (__m512i)a, (__m512i)b);
#elif defined(__AVX2__)
  return (Vec<uint64_t>)_mm256_mul_epu32((__m256i)a, (__m256i)b);
#elif defined(__SSE2__)
  return (Vec<uint64_t>)_mm_mul_epu32((__m128i)a, (__m128i)b);
#else
  constexpr uint64_t kLower = 0xffffffffu;
  return (a & kLower) * (b & kLower);
#endif
}

constexpr int kPhiloxBlocks = 16;
constexpr int kPhiloxWords = 4 * kPhiloxBlocks;

/// words[16 * w + b] = word w of counter block `first_block + b`. Each block has a 64-bit lane; of a counter word in it
/// only the lower half counts, the upper half holds what a product left there.
inline void philox(uint64_t first_block, uint64_t stream, uint64_t key, uint32_t (&words)[kPhiloxWords]) {
  using Words = Vec<uint64_t>;
  using Lower = VectorType<uint32_t, kVectorBytes / 2>::type;
  constexpr int kWidth = kLanes<uint64_t>;
  const Words multiplier0 = broadcast<uint64_t>(0xd2511f53u);
  const Words multiplier1 = broadcast<uint64_t>(0xcd9e8d57u);
  constexpr uint32_t kWeyl0 = 0x9e3779b9u;
  constexpr uint32_t kWeyl1 = 0xbb67ae85u;
  Words lane;
  for (int l = 0; l < kWidth; ++l)
    lane[l] = static_cast<uint64_t>(l);

  for (int begin = 0; begin < kPhiloxBlocks; begin += kWidth) {
    const Words block = lane + (first_block + static_cast<uint64_t>(begin));
    Words c0 = block, c1 = block >> 32, c2 = broadcast(stream), c3 = broadcast(stream >> 32);
    uint32_t key0 = static_cast<uint32_t>(key);
    uint32_t key1 = static_cast<uint32_t>(key >> 32);
    for (int round = 0; round < 10; ++round) {
      const Words product0 = multiply_lower_halves(c0, multiplier0);
      const Words product1 = multiply_lower_halves(c2, multiplier1);
      c0 = (product1 >> 32) ^ c1 ^ static_cast<uint64_t>(key0);
      c1 = product1;
      c2 = (product0 >> 32) ^ c3 ^ static_cast<uint64_t>(key1);
      c3 = product0;
      key0 += kWeyl0;
      key1 += kWeyl1;
    }
    const Words results[4] = {c0, c1, c2, c3};
    for (int w = 0; w < 4; ++w) {
      const auto lower = __builtin_convertvector(results[w], Lower);
      __builtin_memcpy(words + kPhiloxBlocks * w + begin, &lower, sizeof(lower));
    }
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
  auto skip = static_cast<int64_t>(index % kPhiloxWords);
  uint64_t block = index / kPhiloxWords * kPhiloxBlocks;
  for (int64_t i = 0; i < n; block += kPhiloxBlocks) {
    philox(block, mask.stream, mask.key, words);
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
