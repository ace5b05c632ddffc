#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <sbert/fit.h>

#include "data/sampler.h"
#include "losses/loss.h"
#include "model/implementation.h"

namespace sbert {

/// One batch as the model takes it: all columns in one packed batch, the first column's sequences first.
struct TrainingBatch {
  PackedBatch packed;
  std::vector<float> labels;  ///< [rows], empty if the loss wants none
  int64_t rows = 0;
};

/// The examples of one objective, tokenised once, and the order in which an epoch goes through them.
class ObjectiveBatches {
 public:
  /// THROWS: invalid_argument, naming the loss, if the examples are not what it takes.
  ObjectiveBatches(const Objective& objective, const nn::InputModule& input, uint64_t seed);

  const losses::LossFunction& loss() const { return *loss_; }
  size_t inputs() const { return inputs_; }
  size_t batches_per_epoch() const { return epoch_.size(); }
  void begin_epoch(uint64_t epoch) { epoch_ = sampler_->epoch(epoch); }
  TrainingBatch batch(size_t index) const;

 private:
  const losses::LossFunction* loss_;
  std::unique_ptr<BatchSampler> sampler_;
  EpochBatches epoch_;
  size_t inputs_;
  std::vector<std::vector<int32_t>> ids_;  // example * inputs + column
  std::vector<float> labels_;
};

}  // namespace sbert
