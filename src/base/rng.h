#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace sbert {

/// A small, fast, seeded generator (SplitMix64, Steele et al. 2014) for shuffles and initial weights: the same numbers
/// on every machine. A value; its whole state is one integer, so it can be saved. Not for cryptography.
class Rng {
 public:
  explicit Rng(uint64_t seed) : state_(seed) {}

  uint64_t next() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  /// Uniform in [0, 1), 53 bits.
  double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  /// Uniform in [0, bound), without bias. REQUIRES: bound > 0.
  uint64_t below(uint64_t bound) {
    const uint64_t limit = -bound % bound;  // 2^64 mod bound: values below it would make some results likelier
    uint64_t value = next();
    while (value < limit)
      value = next();
    return value % bound;
  }
  /// Fisher-Yates.
  template <class T>
  void shuffle(std::span<T> items) {
    for (size_t i = items.size(); i > 1; --i)
      std::swap(items[i - 1], items[below(i)]);
  }

  uint64_t state() const { return state_; }

 private:
  uint64_t state_;
};

}  // namespace sbert
