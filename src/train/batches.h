#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <sbert/fit.h>

#include "data/sampler.h"
#include "losses/loss.h"
#include "model/implementation.h"
#include "report/data_description.h"
#include "train/tokenized_examples.h"

namespace sbert {

/// One batch as the model takes it: all columns in one packed batch, the first column's sequences first.
struct TrainingBatch {
  PackedBatch packed;
  std::vector<float> labels;  ///< [rows, labels a row], empty if the loss wants none
  std::vector<Tensor> guide;  ///< [rows, G] for each column, empty if the loss has no guide
  int64_t rows = 0;
};

/// The examples of one objective and the order in which an epoch goes through them.
class ObjectiveBatches {
 public:
  /// `observer` sees the data go by, unless it is null.
  /// THROWS: what TokenizedExamples throws; invalid_argument if there is no batch.
  ObjectiveBatches(const Objective& objective, const nn::InputModule& input, const FitOptions& options,
                   report::DataObserver* observer = nullptr);

  const losses::LossFunction& loss() const { return *loss_; }
  double weight() const { return weight_; }
  size_t batch_size() const { return batch_size_; }
  const TokenizedExamples& examples() const { return *examples_; }
  size_t batches_per_epoch() const { return epoch_.size(); }

  bool epochs_are_alike() const { return sampler_->epochs_are_alike(); }
  void begin_epoch(uint64_t epoch) { epoch_ = sampler_->epoch(epoch); }
  TrainingBatch batch(size_t index) const;
  int64_t tokens(size_t index) const;

 private:
  std::vector<Tensor> embed_by_guide(std::span<const TokenStore::Row> rows) const;

  const losses::LossFunction* loss_;
  double weight_;
  size_t batch_size_;
  std::unique_ptr<const TokenizedExamples> examples_;
  std::unique_ptr<BatchSampler> sampler_;
  EpochBatches epoch_;
};

}  // namespace sbert
