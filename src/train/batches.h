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
  std::vector<float> labels;  ///< [rows, labels a row], empty if the loss wants none
  std::vector<Tensor> guide;  ///< [rows, G] for each column, empty if the loss has no guide
  int64_t rows = 0;
};

/// The examples of one objective, tokenised once, and the order in which an epoch goes through them.
class ObjectiveBatches {
 public:
  /// THROWS: invalid_argument, naming the loss, if the examples are not what it takes.
  ObjectiveBatches(const Objective& objective, const nn::InputModule& input, uint64_t seed);

  const losses::LossFunction& loss() const { return *loss_; }
  double weight() const { return weight_; }
  size_t batch_size() const { return batch_size_; }
  size_t inputs() const { return inputs_; }
  size_t batches_per_epoch() const { return epoch_.size(); }
  /// Token ids of all texts: example * inputs() + column.
  const std::vector<std::vector<int32_t>>& ids() const { return ids_; }
  /// Tells data apart: a hash of all ids and labels.
  uint64_t fingerprint() const;

  bool epochs_are_alike() const { return sampler_->epochs_are_alike(); }
  void begin_epoch(uint64_t epoch) { epoch_ = sampler_->epoch(epoch); }
  TrainingBatch batch(size_t index) const;
  int64_t tokens(size_t index) const;

 private:
  void tokenize(const Objective& objective, const nn::InputModule& input);
  std::vector<Tensor> embed_by_guide(std::span<const size_t> rows) const;

  const losses::LossFunction* loss_;
  double weight_;
  size_t batch_size_;
  std::unique_ptr<BatchSampler> sampler_;
  EpochBatches epoch_;
  size_t inputs_;
  std::vector<std::vector<int32_t>> ids_;
  std::vector<int64_t> prompt_lengths_;          // of each column
  std::vector<std::vector<int32_t>> guide_ids_;  // the same by the guide's tokenizer
  std::vector<float> labels_;                    // example * labels_per_row_ + place
  size_t labels_per_row_ = 0;
};

}  // namespace sbert
