#pragma once

#include <cmath>
#include <cstdint>

namespace sbert::report {

/// Of numbers added one at a time. NaN is not a number to it: none is added.
struct Mean {
  double sum = 0;
  uint64_t count = 0;

  void add(double value) {
    if (std::isnan(value)) return;
    sum += value;
    ++count;
  }
  void add(const Mean& other) {
    sum += other.sum;
    count += other.count;
  }
  /// NaN if there were none.
  double value() const { return count == 0 ? std::nan("") : sum / static_cast<double>(count); }
};

}  // namespace sbert::report
