#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

#include "losses/entries.h"
#include "losses/loss.h"

namespace sbert::losses {

/// What the losses over triplets of one batch share: texts with a class, a distance, a margin.
class BatchTripletFunction : public LossFunction {
 public:
  /// THROWS: invalid_argument if the distance is neither cosine nor euclidean.
  BatchTripletFunction(const LossEntry& entry, const BatchTripletOptions& options);
  std::string name() const override { return entry_.name; }
  OrderedJson config() const override;
  ColumnRule columns() const override { return {1, 1, ColumnRule::Label::class_number, entry_.data}; }
  bool learns_from_one_row(size_t /*inputs*/) const override { return false; }

 protected:
  BatchTripletOptions options_;

 private:
  const LossEntry& entry_;
};

BatchTripletOptions read_batch_triplet_options(OptionReader& options);

/// The mean of max(0, d(anchor, positive) - d(anchor, negative) + margin) over triplets, and its derivative by d [B,
/// B].
template <class T>
class TripletMean {
 public:
  TripletMean(const T* distance, T* slope, size_t rows, double margin)
      : distance_(distance), slope_(slope), rows_(rows), margin_(static_cast<T>(margin)) {}

  /// Whether the triplet violates the margin.
  bool add(size_t anchor, size_t positive, size_t negative) {
    const T* from_anchor = distance_ + anchor * rows_;
    const T violation = from_anchor[positive] - from_anchor[negative] + margin_;
    if (violation <= 0) return false;
    sum_ += violation;
    slope_[anchor * rows_ + positive] += 1;
    slope_[anchor * rows_ + negative] -= 1;
    return true;
  }

  /// Of `count` triplets; 0 if there are none.
  T finish(size_t count) {
    if (count == 0) return 0;
    const auto divisor = static_cast<T>(count);
    std::transform(slope_, slope_ + rows_ * rows_, slope_, [divisor](T value) { return value / divisor; });
    return sum_ / divisor;
  }

 private:
  const T* distance_;
  T* slope_;
  size_t rows_;
  T margin_;
  T sum_ = 0;
};

}  // namespace sbert::losses
