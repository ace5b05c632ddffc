#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "train/batches.h"

namespace sbert {

/// One batch of one objective.
struct BatchPlace {
  size_t objective;
  size_t batch;  ///< in the objective's epoch
};

/// The batches of an epoch of `sizes[i]` batches of objective i, in the order in which they are trained.
std::vector<BatchPlace> epoch_order(std::span<const size_t> sizes, Mixing mixing, uint64_t seed, uint64_t epoch);

/// Which batches each step of a run takes. A function of data and options alone, so a run can begin at any step.
class StepBatches {
 public:
  /// `objectives` must outlive this, which moves them from epoch to epoch.
  StepBatches(std::span<ObjectiveBatches> objectives, const FitOptions& options);

  uint64_t total_steps() const { return total_steps_; }
  uint64_t steps_per_epoch() const { return first_steps_[1]; }  ///< of the first epoch; samplers may differ by a few
  /// Epochs gone through after `steps` steps.
  double epoch(uint64_t steps) const;
  bool ends_epoch(uint64_t steps) const;
  /// The batches of step `step` (from 0); valid until the next call.
  std::span<const BatchPlace> operator[](uint64_t step);

 private:
  void begin_epoch(uint64_t epoch);
  size_t epoch_of(uint64_t step) const;

  std::span<ObjectiveBatches> objectives_;
  Mixing mixing_;
  uint64_t seed_;
  uint64_t accumulation_;
  uint64_t total_steps_;
  std::vector<uint64_t> first_steps_;  // of each epoch, and where the last one ends
  uint64_t epoch_ = 0;                 // that order_ is of
  std::vector<BatchPlace> order_;
};

}  // namespace sbert
