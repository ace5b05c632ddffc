#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include <sbert/search.h>

namespace sbert {

/// The `capacity` best of the pairs offered so far: larger score first, then smaller (first, second). Pairs are
/// collected in a buffer of twice the capacity and the worse half dropped when it is full, which costs a constant per
/// pair, where a heap would cost a logarithm.
class TopPairs {
 public:
  /// REQUIRES: capacity > 0.
  explicit TopPairs(size_t capacity) : capacity_(capacity) {}

  /// A pair with a smaller score cannot enter any more.
  float threshold() const { return threshold_; }
  void offer(std::span<const MinedPair> pairs);
  /// Best first. Leaves this empty.
  std::vector<MinedPair> take();

 private:
  void shrink();

  size_t capacity_;
  float threshold_ = -std::numeric_limits<float>::infinity();
  std::vector<MinedPair> pairs_;
};

}  // namespace sbert
