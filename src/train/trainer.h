#pragma once

#include <cstdint>
#include <vector>

#include <sbert/fit.h>

#include "report/recorder.h"
#include "train/adamw.h"
#include "train/batch_gradients.h"
#include "train/batches.h"
#include "train/best_model.h"
#include "train/checkpoint.h"
#include "train/freeze.h"
#include "train/memory.h"
#include "train/parameter_block.h"
#include "train/recent_steps.h"
#include "train/step_batches.h"

namespace sbert {

/// SentenceTransformer::fit: for each step takes batches from the objectives, adds their gradients, clips, and steps
/// the optimiser. Deterministic: the same data, options and machine give the same bytes, also if the run was stopped
/// and resumed on the way.
class Trainer {
 public:
  /// `recorder` follows the run; it may be null for a plan.
  Trainer(SentenceTransformer& model, std::span<const Objective> objectives, const FitOptions& options,
          report::Recorder* recorder);
  ~Trainer();
  Trainer(const Trainer&) = delete;
  Trainer& operator=(const Trainer&) = delete;

  FitResult run();
  /// What run() would take; changes no parameter.
  FitPlan plan();

 private:
  struct StepCost {
    double loss = 0;
    std::vector<report::Mean> losses{};  // of each objective
    double gradient_norm = 0;
    int64_t tokens = 0;
  };

  OrderedJson settings() const;
  /// `measure` what a token takes, though a guess might do.
  void decide_pieces(bool measure);
  /// What tensors leave of the budget is for freed blocks, to be used again.
  void limit_memory() const;
  /// Gradients of all batches of the step from `first_batch` on, counted over the run, averaged.
  StepCost add_gradients(std::span<const BatchPlace> places, uint64_t first_batch);
  StepCost train_step(double learning_rate);
  void report(const StepCost& cost, double learning_rate, double seconds);
  bool resume();
  EvaluationReport evaluate();
  void evaluate_if_due();
  void save_checkpoint();

  SentenceTransformer& model_;
  const FitOptions& options_;
  std::vector<ObjectiveBatches> objectives_;
  StepBatches steps_;
  FrozenParameters frozen_;  // by FitOptions::freeze, for this run
  ParameterBlock block_;
  AdamW optimizer_;
  BestModel best_;
  DType gemm_input_;
  Checkpoints checkpoints_;
  FitPlan plan_{};
  uint64_t evaluated_ = 0;  // step of the last evaluation
  report::Recorder* recorder_;
  RecentSteps recent_;
  FitResult result_{};
};

}  // namespace sbert
