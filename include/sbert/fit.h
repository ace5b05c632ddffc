#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <sbert/data.h>
#include <sbert/evaluation.h>
#include <sbert/losses.h>
#include <sbert/progress.h>
#include <sbert/sentence_transformer.h>

namespace sbert {

/// What to learn from which data. Each step takes a batch of one objective, in turn (round robin); an epoch ends with
/// the objective that has the fewest batches.
struct Objective {
  DataLoader data;
  losses::Loss loss;
};

/// The learning rate over the steps, after a linear warm-up from 0.
enum class Schedule {
  constant,  ///< stays
  linear,    ///< falls to 0 at the last step ("WarmupLinear")
};

/// One optimiser step, as FitOptions::on_step and `sbert train --log` see it.
struct StepReport {
  uint64_t step = 0;  ///< From 1.
  double epoch = 0;
  double loss = 0;
  double learning_rate = 0;
  double gradient_norm = 0;  ///< Before clipping.
  double tokens_per_second = 0;
};

/// One evaluation during or after training.
struct EvaluationReport {
  uint64_t step = 0;
  double epoch = 0;
  evaluation::EvaluationResult result;
};

/// Defaults are those of sentence-transformers' `fit`, except where said.
struct FitOptions {
  uint64_t epochs = 1;
  uint64_t max_steps = 0;  ///< Stop after this many steps; 0: no limit. The schedule ends there too.
  double learning_rate = 2e-5;
  double weight_decay = 0.01;  ///< Not on biases and LayerNorm parameters.
  double adam_beta1 = 0.9, adam_beta2 = 0.999, adam_epsilon = 1e-8;
  double max_grad_norm = 1;  ///< 0: no clipping.
  Schedule schedule = Schedule::linear;
  uint64_t warmup_steps = 0;  ///< fit's own 10,000 is longer than most runs; say so if you want it.
  double warmup_ratio = 0;    ///< Part of all steps; used when warmup_steps is 0.
  uint64_t seed = 42;
  Precision precision = Precision::automatic;

  std::shared_ptr<const evaluation::Evaluator> evaluator{};
  uint64_t evaluation_steps = 0;  ///< 0: at the end of each epoch.

  std::function<void(const StepReport&)> on_step{};
  std::function<void(const EvaluationReport&)> on_evaluation{};
  ProgressCallback progress{};
  const std::atomic<bool>* stop = nullptr;  ///< When it becomes true, training ends after the current step.
};

struct FitResult {
  uint64_t steps = 0;
  double seconds = 0;   ///< Without evaluations.
  uint64_t tokens = 0;  ///< Trained on, special ones included.
  double final_loss = 0;
  bool stopped = false;  ///< By FitOptions::stop.
};

}  // namespace sbert
