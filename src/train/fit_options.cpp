#include "train/fit_options.h"

#include "base/fail.h"

namespace sbert {

FitOptions fit_recipe() {
  FitOptions options;
  options.warmup_steps = 10000;
  return options;
}

FitOptions trainer_recipe() {
  FitOptions options;
  options.learning_rate = 5e-5;
  options.weight_decay = 0;
  options.epochs = 3;
  return options;
}

std::string_view to_string(Schedule schedule) {
  switch (schedule) {
    case Schedule::constant:
      return "constant";
    case Schedule::linear:
      return "linear";
    case Schedule::cosine:
      return "cosine";
    case Schedule::cosine_with_restarts:
      return "cosine_with_restarts";
    case Schedule::polynomial:
      break;
  }
  return "polynomial";
}

std::string_view to_string(Mixing mixing) {
  return mixing == Mixing::round_robin ? "round-robin" : "proportional";
}

OrderedJson describe_options(const FitOptions& options) {
  return {{"epochs", options.epochs},
          {"max_steps", options.max_steps},
          {"learning_rate", options.learning_rate},
          {"schedule", to_string(options.schedule)},
          {"schedule_cycles", options.schedule_cycles},
          {"polynomial_power", options.polynomial_power},
          {"polynomial_end", options.polynomial_end},
          {"warmup_steps", options.warmup_steps},
          {"warmup_ratio", options.warmup_ratio},
          {"gradient_accumulation_steps", options.gradient_accumulation_steps},
          {"mixing", to_string(options.mixing)},
          {"weight_decay", options.weight_decay},
          {"adam_beta1", options.adam_beta1},
          {"adam_beta2", options.adam_beta2},
          {"adam_epsilon", options.adam_epsilon},
          {"max_grad_norm", options.max_grad_norm},
          {"freeze", options.freeze},
          {"seed", options.seed},
          {"precision", to_string(options.precision)},
          {"memory_budget", options.memory_budget},
          {"evaluation_steps", options.evaluation_steps},
          {"best_metric", options.best_metric},
          {"keep_best", options.keep_best},
          {"early_stopping_patience", options.early_stopping_patience},
          {"early_stopping_threshold", options.early_stopping_threshold}};
}

void check_options(const FitOptions& options) {
  const auto require = [](bool holds, const char* name, double value, const char* rule) {
    if (!holds) fail(ErrorCode::invalid_argument, name, " must be ", rule, ", not ", value);
  };
  require(options.epochs != 0 || options.max_steps != 0, "epochs", 0, "at least 1");
  require(options.learning_rate > 0, "learning rate", options.learning_rate, "positive");
  require(options.weight_decay >= 0, "weight decay", options.weight_decay, "0 or more");
  require(options.max_grad_norm >= 0, "max_grad_norm", options.max_grad_norm, "0 (no clipping) or more");
  require(options.warmup_ratio >= 0 && options.warmup_ratio <= 1, "warmup_ratio", options.warmup_ratio, "in [0, 1]");
  require(options.gradient_accumulation_steps != 0, "gradient_accumulation_steps", 0, "at least 1");
  require(options.schedule_cycles != 0, "schedule_cycles", 0, "at least 1");
  require(options.early_stopping_threshold >= 0, "early_stopping_threshold", options.early_stopping_threshold,
          "0 or more");
  const auto needs_evaluator = [&](bool given, const char* name) {
    if (given && options.evaluator == nullptr) fail(ErrorCode::invalid_argument, name, " needs an evaluator");
  };
  needs_evaluator(options.evaluate_first, "evaluate_first");
  needs_evaluator(!options.best_metric.empty(), "best_metric");
  needs_evaluator(options.keep_best, "keep_best");
  needs_evaluator(options.early_stopping_patience != 0, "early_stopping_patience");
  const CheckpointOptions& checkpoints = options.checkpoints;
  if (checkpoints.directory.empty() && (checkpoints.every_steps != 0 || checkpoints.resume)) {
    fail(ErrorCode::invalid_argument, "checkpoints need a directory");
  }
}

}  // namespace sbert
