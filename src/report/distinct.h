#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sbert::report {

/// Counts different hashes in bounded memory: exactly up to 65,536, beyond that within about half a percent, from how
/// densely the smallest ones lie (Bar-Yossef et al. 2002, "k minimum values").
class DistinctCounter {
 public:
  void add(uint64_t hash) {
    if (hash > highest_) return;
    smallest_.push_back(hash);
    if (smallest_.size() >= 2 * kKept) tidy();
  }

  uint64_t count() {
    tidy();
    if (smallest_.size() < kKept) return smallest_.size();
    return static_cast<uint64_t>(static_cast<double>(kKept - 1) / (static_cast<double>(smallest_.back()) * 0x1p-64));
  }
  /// Whether count() is exact.
  bool exact() const { return highest_ == UINT64_MAX; }

 private:
  static constexpr size_t kKept = size_t{1} << 16;

  void tidy() {
    std::sort(smallest_.begin(), smallest_.end());
    smallest_.erase(std::unique(smallest_.begin(), smallest_.end()), smallest_.end());
    if (smallest_.size() < kKept) return;
    smallest_.resize(kKept);
    highest_ = smallest_.back();
  }

  std::vector<uint64_t> smallest_;
  uint64_t highest_ = UINT64_MAX;  // larger ones are not among the smallest
};

}  // namespace sbert::report
