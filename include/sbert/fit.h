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

/// What reports call the data of an objective.
struct DataDescription {
  std::string name{};                    ///< A file, or a data set of the Hub.
  std::string dataset{};                 ///< Its repository on the Hub, "org/name", for the model card ...
  std::string revision{};                ///< ... and the commit.
  std::vector<std::string> languages{};  ///< As the Hub writes them: "en".
  std::vector<std::string> columns{};    ///< Of the texts; without names: sentence_0, sentence_1, ...
  std::vector<std::string> classes{};    ///< Of the labels 0, 1, ...
};

/// What to learn from which data. FitOptions::mixing says how several take turns.
struct Objective {
  DataLoader data;
  losses::Loss loss;
  double weight = 1;                   ///< Its loss is multiplied by this.
  std::vector<std::string> prompts{};  ///< Put before the texts: one for each text column, or one for all; or none.
  /// Of a model with a Router: the task (see EncodeOptions) of each text column, or one for all; empty: none.
  std::vector<std::string> router_mapping{};
  DataDescription description{};
};

/// Which objective the next batch comes from. Each batch is of one objective.
enum class Mixing {
  round_robin,   ///< In turn; an epoch ends with the objective that has the fewest batches.
  proportional,  ///< At random, each as often as it has batches: an epoch sees all data of all.
};

/// The learning rate over the steps, after a linear warm-up from 0; the schedules of Hugging Face and of
/// sentence-transformers' `fit`.
enum class Schedule {
  constant,              ///< stays ("WarmupConstant")
  linear,                ///< falls to 0 at the last step ("WarmupLinear")
  cosine,                ///< falls to 0 along half a cosine ("WarmupCosine")
  cosine_with_restarts,  ///< the same schedule_cycles times, each from the top ("WarmupCosineWithHardRestarts")
  polynomial,            ///< falls to polynomial_end as (1 - t)^polynomial_power
};

/// One optimiser step, as FitOptions::on_step and `sbert train --log` see it.
struct StepReport {
  uint64_t step = 0;         ///< From 1 ...
  uint64_t total_steps = 0;  ///< ... to this, unless the run is stopped.
  double epoch = 0;
  double loss = 0;
  std::vector<double> losses{};  ///< Of each objective's batches, without its weight; NaN where the step took none.
  double learning_rate = 0;
  double gradient_norm = 0;  ///< Before clipping.
  uint64_t tokens = 0;
  double seconds = 0;

  double tokens_per_second() const { return static_cast<double>(tokens) / seconds; }
};

/// One evaluation during or after training.
struct EvaluationReport {
  uint64_t step = 0;
  double epoch = 0;
  evaluation::EvaluationResult result;
};

/// Where checkpoints go and how often. A checkpoint is a directory `checkpoint-<step>` with the whole model, which
/// SentenceTransformer opens, and the optimiser's state.
struct CheckpointOptions {
  std::filesystem::path directory{};  ///< Empty: no checkpoints.
  uint64_t every_steps = 0;           ///< 0: only when training is stopped.
  size_t limit = 0;                   ///< The oldest are removed when there are more; 0: all are kept.
  /// Go on from the newest checkpoint of the directory, if there is one: the result is, to the last bit, that of a run
  /// without a break. It is an error if data or options differ from those it was made with.
  bool resume = false;
};

/// Defaults are those of sentence-transformers' `fit`, except where said; fit_recipe() and trainer_recipe() have those
/// of its two ways to train.
struct FitOptions {
  uint64_t epochs = 1;
  uint64_t max_steps = 0;  ///< Stop after this many steps; 0: no limit. The schedule ends there too.
  Mixing mixing = Mixing::round_robin;
  uint64_t gradient_accumulation_steps = 1;  ///< Batches a step; their gradients are averaged.

  double learning_rate = 2e-5;
  double weight_decay = 0.01;  ///< Not on biases and LayerNorm parameters.
  double adam_beta1 = 0.9, adam_beta2 = 0.999, adam_epsilon = 1e-8;
  double max_grad_norm = 1;  ///< 0: no clipping.
  Schedule schedule = Schedule::linear;
  uint64_t schedule_cycles = 1;  ///< Of cosine_with_restarts.
  double polynomial_power = 1;
  double polynomial_end = 1e-7;  ///< Learning rate, not a factor.
  uint64_t warmup_steps = 0;     ///< fit's own 10,000 is longer than most runs; say so if you want it.
  double warmup_ratio = 0;       ///< Part of all steps; used when warmup_steps is 0.
  /// Parameters whose names begin with one of these are not trained: "embeddings.", "encoder.layer.0.", ... as in the
  /// model's safetensors file; "1." in front names the module, where there are several.
  std::vector<std::string> freeze{};

  uint64_t seed = 42;
  Precision precision = Precision::automatic;
  /// Bytes this process may use. A batch whose activations do not fit is computed in pieces, with the same gradients;
  /// see plan_fit(). 0: what the machine has free.
  uint64_t memory_budget = 0;
  /// Where the token ids of many examples wait in a file without a name; those of few stay in memory. Empty: the
  /// system's directory for temporary files ($TMPDIR or /tmp).
  std::filesystem::path temporary_directory{};

  std::shared_ptr<const evaluation::Evaluator> evaluator{};
  uint64_t evaluation_steps = 0;  ///< 0: at the end of each epoch.
  /// Evaluate before the first step, too: reports show what was gained. Neither keep_best nor early stopping counts it.
  bool evaluate_first = false;
  /// The metric that tells which model is better, as transformers' metric_for_best_model: keep_best and early stopping
  /// look at it, reports show it first. Empty: the evaluator's primary one.
  std::string best_metric{};
  /// End with the parameters of the best evaluation, not with the last ones.
  bool keep_best = false;
  /// Stop after this many evaluations in a row that are not better than the best by more than the threshold; 0: never.
  uint64_t early_stopping_patience = 0;
  double early_stopping_threshold = 0;
  CheckpointOptions checkpoints{};
  /// A directory that gets event files for TensorBoard while training goes on (in `runs/`), and `report.html` when it
  /// ends: curves, metrics and scores of sample pairs before and after, what the data is like. Empty: neither.
  std::filesystem::path report_directory{};

  std::function<void(const StepReport&)> on_step{};
  std::function<void(const EvaluationReport&)> on_evaluation{};
  ProgressCallback progress{};
  /// When it becomes true, training ends after the current step, with a checkpoint if there is a directory for it.
  const std::atomic<bool>* stop = nullptr;
};

/// sentence-transformers' `model.fit`: learning rate 2e-5, weight decay 0.01, 10,000 warm-up steps, 1 epoch.
FitOptions fit_recipe();
/// SentenceTransformerTrainer: learning rate 5e-5, no weight decay, no warm-up, 3 epochs.
FitOptions trainer_recipe();

struct FitResult {
  uint64_t steps = 0;         ///< Since the beginning, also if the run was resumed.
  uint64_t resumed_from = 0;  ///< The step of the checkpoint.
  double seconds = 0;         ///< Without evaluations.
  uint64_t tokens = 0;        ///< Trained on, special ones included.
  double final_loss = 0;
  bool stopped = false;  ///< By FitOptions::stop, before all steps were taken.
  /// The loss or its gradients of the next step were NaN or infinite: it was not taken, and training ended.
  bool diverged = false;
  bool stopped_early = false;  ///< By FitOptions::early_stopping_patience.
  std::optional<EvaluationReport> best{};
  std::optional<EvaluationReport> before{};  ///< Of the model as it was, with FitOptions::evaluate_first.
  std::optional<EvaluationReport> after{};   ///< Of the model as it is now, if it was evaluated.
  /// Why there is no report, or only a part of it, such as a full disk: that does not stop training.
  std::string report_error{};
};

/// What a training run would take.
struct FitPlan {
  uint64_t steps_per_epoch = 0, total_steps = 0;
  uint64_t tokens_per_epoch = 0;      ///< Special ones included.
  uint64_t largest_batch_tokens = 0;  ///< At most.
  uint64_t piece_tokens = 0;          ///< Larger batches are computed in pieces of at most so many tokens; 0: whole.
  uint64_t pieces_per_batch = 1;      ///< Of the largest.
  uint64_t fixed_bytes = 0;           ///< Parameters, gradients, moments, texts.
  uint64_t bytes_per_token = 0;       ///< Of a batch, or of a piece.
  uint64_t peak_bytes = 0;            ///< Estimated.
  uint64_t budget_bytes = 0;          ///< What FitOptions::memory_budget says, or what is free.
  double seconds_per_epoch = 0;       ///< Estimated from a few batches; 0: not measured.
};

}  // namespace sbert
