#pragma once

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include <cstdint>

#include "base/bfloat16.h"

// The kernels (`*.inl`) are compiled once for each instruction set, so everything in them lives in an anonymous
// namespace: a function shared between two such files would be linked once, with the flags of either of them, and crash
// on the CPU that lacks the other's. For the same reason they call no inline function of another header, except
// intrinsics (which are always expanded in place), and nothing from the standard library.
namespace sbert {
namespace {

// --- vectors: one native register of T, with the operators of the compiler's vector extension ------------------------

#if defined(__AVX512F__)
constexpr int kVectorBytes = 64;
#elif defined(__AVX2__)
constexpr int kVectorBytes = 32;
#else
constexpr int kVectorBytes = 16;
#endif

template <class T, int Bytes>
struct VectorType {
  typedef T type __attribute__((vector_size(Bytes)));
};
template <class T>
using Vec = typename VectorType<T, kVectorBytes>::type;

template <class T>
constexpr int kLanes = kVectorBytes / static_cast<int>(sizeof(T));

/// The integers of the same width as T: for the bits of a float, and what comparisons yield.
template <class T>
struct BitsOf;
template <>
struct BitsOf<float> {
  using type = int32_t;
};
template <>
struct BitsOf<double> {
  using type = int64_t;
};
template <class T>
using VecBits = Vec<typename BitsOf<T>::type>;

template <class T>
inline Vec<T> load(const T* x) {
  Vec<T> v;
  __builtin_memcpy(&v, x, sizeof(v));
  return v;
}

template <class T>
inline void store(T* y, const Vec<T>& v) {
  __builtin_memcpy(y, &v, sizeof(v));
}

template <class T>
inline Vec<T> broadcast(T value) {
  return value - Vec<T>{};
}

/// The first `count` lanes from memory, `fill` in the rest: the tail of a row takes the same arithmetic as its body.
template <class T>
inline Vec<T> load_partial(const T* x, int64_t count, T fill = 0) {
  T lanes[kLanes<T>];
  for (int l = 0; l < kLanes<T>; ++l)
    lanes[l] = l < count ? x[l] : fill;
  return load<T>(lanes);
}

template <class T>
inline void store_partial(T* y, const Vec<T>& v, int64_t count) {
  for (int l = 0; l < kLanes<T>; ++l) {
    if (l < count) y[l] = v[l];
  }
}

/// `count` is full or partial; with a constant kLanes<T> the branch disappears.
template <class T>
inline Vec<T> load_lanes(const T* x, int64_t count) {
  return count >= kLanes<T> ? load(x) : load_partial(x, count);
}

template <class T>
inline void store_lanes(T* y, const Vec<T>& v, int64_t count) {
  if (count >= kLanes<T>) {
    store(y, v);
  } else {
    store_partial(y, v, count);
  }
}

/// v in the first `count` lanes, `fill` in the rest.
template <class T>
inline Vec<T> keep_lanes(const Vec<T>& v, int64_t count, T fill = 0) {
  Vec<T> lane;
  for (int l = 0; l < kLanes<T>; ++l)
    lane[l] = static_cast<T>(l);
  return lane < broadcast(static_cast<T>(count)) ? v : broadcast(fill);
}

// The larger and the smaller of two, lane by lane; b where either is NaN. GCC 12 makes two instructions of the
// conditional operator if a is constant: GELU then takes a quarter longer.
#if defined(__AVX512F__)
constexpr __mmask16 kAllLanes = 0xffff;
inline Vec<float> max(const Vec<float>& a, const Vec<float>& b) {
  return _mm512_maskz_max_ps(kAllLanes, a, b);
}
inline Vec<float> min(const Vec<float>& a, const Vec<float>& b) {
  return _mm512_maskz_min_ps(kAllLanes, a, b);
}
#elif defined(__AVX2__)
inline Vec<float> max(const Vec<float>& a, const Vec<float>& b) {
  return _mm256_max_ps(a, b);
}
inline Vec<float> min(const Vec<float>& a, const Vec<float>& b) {
  return _mm256_min_ps(a, b);
}
#elif defined(__SSE2__)
inline Vec<float> max(const Vec<float>& a, const Vec<float>& b) {
  return _mm_max_ps(a, b);
}
inline Vec<float> min(const Vec<float>& a, const Vec<float>& b) {
  return _mm_min_ps(a, b);
}
#else
inline Vec<float> max(const Vec<float>& a, const Vec<float>& b) {
  return a > b ? a : b;
}
inline Vec<float> min(const Vec<float>& a, const Vec<float>& b) {
  return a < b ? a : b;
}
#endif
inline Vec<double> max(const Vec<double>& a, const Vec<double>& b) {
  return a > b ? a : b;
}

/// Folds a vector onto its lower half until one lane is left. GCC and Clang define reading the other member of a union;
/// GCC 12 makes one instruction of it, where other ways of taking a half go through memory.
template <class T, int Bytes, class Combine>
inline T reduce_lanes(typename VectorType<T, Bytes>::type v, const Combine& combine) {
  if constexpr (Bytes > 16) {
    union {
      typename VectorType<T, Bytes>::type whole;
      typename VectorType<T, Bytes / 2>::type halves[2];
    } parts;
    parts.whole = v;
    return reduce_lanes<T, Bytes / 2>(combine(parts.halves[0], parts.halves[1]), combine);
  } else if constexpr (sizeof(T) == 4) {
    return combine(combine(v[0], v[2]), combine(v[1], v[3]));
  } else {
    return combine(v[0], v[1]);
  }
}

template <class T>
inline T sum_lanes(const Vec<T>& v) {
  return reduce_lanes<T, kVectorBytes>(v, [](const auto& a, const auto& b) { return a + b; });
}

template <class T>
inline T max_lanes(const Vec<T>& v) {
  return reduce_lanes<T, kVectorBytes>(v, [](const auto& a, const auto& b) { return a > b ? a : b; });
}

// --- loops over a row ------------------------------------------------------------------------------------------------

/// body(offset, lanes) for each vector of a row of n; lanes < kLanes only for the last.
template <class T, class Body>
inline void for_each_vector(int64_t n, const Body& body) {
  int64_t i = 0;
  for (; i + kLanes<T> <= n; i += kLanes<T>)
    body(i, static_cast<int64_t>(kLanes<T>));
  if (i < n) body(i, n - i);
}

/// sum_i term(i, lanes) over a row of n, where term gives a vector with zeros beyond `lanes`. Four partial sums hide
/// the latency of the addition; the order depends on n only.
template <class T, class Term>
inline Vec<T> sum_vectors(int64_t n, const Term& term) {
  constexpr int64_t kWidth = kLanes<T>;
  Vec<T> sum0{}, sum1{}, sum2{}, sum3{};
  int64_t i = 0;
  for (; i + 4 * kWidth <= n; i += 4 * kWidth) {
    sum0 += term(i, kWidth);
    sum1 += term(i + kWidth, kWidth);
    sum2 += term(i + 2 * kWidth, kWidth);
    sum3 += term(i + 3 * kWidth, kWidth);
  }
  for (; i + kWidth <= n; i += kWidth)
    sum0 += term(i, kWidth);
  if (i < n) sum1 += term(i, n - i);
  return (sum0 + sum1) + (sum2 + sum3);
}

}  // namespace
}  // namespace sbert
