#pragma once

#include <cstddef>
#include <limits>
#include <vector>

#include <sbert/search.h>

namespace sbert {

/// The `capacity` best of the scores offered so far: larger score first, then smaller index. NaN is never a hit.
/// A heap with the worst kept hit on top; most scores only meet one comparison with it.
class TopHits {
 public:
  /// REQUIRES: capacity > 0.
  explicit TopHits(size_t capacity) : capacity_(capacity) {}

  /// Score `i` belongs to corpus index `first_index + i`.
  void offer(const float* scores, size_t count, size_t first_index);
  /// Best first. Leaves this empty.
  std::vector<SearchHit> take();

 private:
  void insert(const SearchHit& hit);

  size_t capacity_;
  float threshold_ = -std::numeric_limits<float>::infinity();  ///< a smaller score cannot enter
  std::vector<SearchHit> heap_;
};

}  // namespace sbert
