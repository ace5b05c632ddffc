#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include <sbert/fit.h>

#include "train/adamw.h"
#include "train/batches.h"
#include "train/parameter_block.h"

namespace sbert {

/// SentenceTransformer::fit: draws batches from the objectives in turn, and for each one runs the model forward, the
/// loss, everything backward, clips, and steps the optimiser. Deterministic: the same data, options and machine give
/// the same bytes.
class Trainer {
 public:
  Trainer(SentenceTransformer& model, std::span<const Objective> objectives, const FitOptions& options);
  FitResult run();

 private:
  struct StepCost {
    double loss;
    double gradient_norm;
    int64_t tokens;
  };

  void begin_epoch(uint64_t epoch);
  StepCost train_step(ObjectiveBatches& objective, size_t batch_index, double learning_rate);
  double forward_and_backward(const ObjectiveBatches& objective, const TrainingBatch& batch);
  void evaluate(double epoch);
  void report(const StepCost& cost, double learning_rate, double epoch, double seconds);

  SentenceTransformer& model_;
  const FitOptions& options_;
  std::vector<ObjectiveBatches> objectives_;
  ParameterBlock block_;
  AdamW optimizer_;
  DType gemm_input_;
  uint64_t steps_per_epoch_;
  uint64_t total_steps_;
  FitResult result_{};
};

}  // namespace sbert
