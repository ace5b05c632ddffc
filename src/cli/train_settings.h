#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sbert/fit.h>

#include "base/json.h"
#include "cli/column_values.h"
#include "cli/evaluations.h"
#include "cli/flags.h"
#include "cli/module_list.h"
#include "cli/training_data.h"

namespace sbert::cli {

/// A loss and its parameters: "MultipleNegativesRankingLoss:scale=20".
struct LossSettings {
  std::string name;
  Json options = Json::object();
};
void read_value(std::string_view text, LossSettings& value);

/// What to learn from which data.
struct ObjectiveSettings {
  DataSettings data{};
  std::optional<LossSettings> loss{};
  std::optional<double> weight{};
  std::optional<Prompts> prompts{};
  std::optional<RouterMapping> router_mapping{};
};

/// A training run, as flags and a config file describe it. What is empty has the library's default.
struct TrainSettings {
  std::optional<std::string> model{}, output{}, log{}, best_metric{};
  std::optional<ModuleList> modules{};          ///< of a new model, instead of `model`
  ObjectiveSettings objective{};                ///< what flags and the top of a config file say of all objectives
  std::vector<ObjectiveSettings> objectives{};  ///< of a config file; see complete()
  std::vector<EvaluationSettings> evaluations{};
  std::optional<Recipe> recipe{};
  std::optional<uint64_t> epochs{}, max_steps{}, warmup_steps{}, seed{}, eval_steps{}, threads{};
  std::optional<uint64_t> gradient_accumulation_steps{}, schedule_cycles{};
  std::optional<uint64_t> save_steps{}, save_limit{}, early_stopping_patience{};
  std::optional<double> learning_rate{}, weight_decay{}, warmup_ratio{}, max_grad_norm{};
  std::optional<double> polynomial_power{}, early_stopping_threshold{};
  std::optional<Schedule> schedule{};
  std::optional<Mixing> mixing{};
  std::optional<Names> freeze{};
  std::optional<Precision> precision{};
  std::optional<ByteSize> memory_budget{};
  std::optional<bool> report{};
  bool resume = false, keep_best = false;
  bool check = false;  ///< look at the data and train nothing
  bool plan = false;   ///< say what the run would take and train nothing
};

/// All losses, for --help.
Flags::List loss_list();

template <class Visit>
void visit_settings(ObjectiveSettings& settings, Visit&& visit) {
  visit_settings(settings.data, visit);
  visit("loss", "L", settings.loss,
        "one of the losses below, perhaps with parameters: MultipleNegativesRankingLoss:scale=20");
  visit("weight", "X", settings.weight, "the loss is multiplied by this; default: 1");
  visit("prompts", "P,..", settings.prompts,
        "put before the texts: one for each text column, or one for all; in a config file also {column: prompt}");
  visit("router_mapping", "C=T,..", settings.router_mapping,
        "for a model with a Router: the task of each column's texts, as question=query,answer=document; default: the "
        "model's default route");
}

template <class Visit>
void visit_optimizer(TrainSettings& settings, Visit&& visit) {
  visit("recipe", "R", settings.recipe,
        "the defaults of sentence-transformers' fit (lr 2e-5, weight decay 0.01, 10,000 warm-up steps, 1 epoch) or "
        "trainer (lr 5e-5, no weight decay, no warm-up, 3 epochs); other flags win over it");
  visit("epochs", "N", settings.epochs, "times through the data; default: 1");
  visit("max_steps", "N", settings.max_steps, "train for this many steps, whatever --epochs says");
  visit("mixing", "M", settings.mixing,
        "of several objectives: round-robin (default: in turn, until one has no more data) or proportional (at random, "
        "all data of all)");
  visit("gradient_accumulation_steps", "N", settings.gradient_accumulation_steps,
        "batches a step; their gradients are averaged; default: 1");
  visit("lr", "X", settings.learning_rate, "highest learning rate; default: 2e-5");
  visit(
      "scheduler", "S", settings.schedule,
      "what the learning rate does after the warm-up: linear (default: down to 0 at the last step), constant, cosine, "
      "cosine_with_restarts or polynomial");
  visit("schedule_cycles", "N", settings.schedule_cycles, "of cosine_with_restarts; default: 1");
  visit("polynomial_power", "X", settings.polynomial_power, "of polynomial; default: 1");
  visit("warmup_steps", "N", settings.warmup_steps, "steps in which the learning rate rises from 0; default: 0");
  visit("warmup_ratio", "X", settings.warmup_ratio, "the same as a part of all steps, such as 0.1");
  visit("weight_decay", "X", settings.weight_decay, "default: 0.01; never on biases and LayerNorm");
  visit("max_grad_norm", "X", settings.max_grad_norm, "gradients longer than this are shortened; default: 1; 0: never");
  visit("freeze", "P,..", settings.freeze,
        "parameters that are not trained: those whose names begin so, as embeddings.,encoder.layer.0.");
  visit("seed", "N", settings.seed, "of the order of the data and of dropout; default: 42");
}

template <class Visit>
void visit_run(TrainSettings& settings, Visit&& visit) {
  visit("eval_steps", "N", settings.eval_steps, "evaluate every N steps; default: at the end of each epoch");
  visit("best_metric", "M", settings.best_metric,
        "what makes an evaluation better, such as cosine_ndcg@10; default: its main metric, with several --eval "
        "sequential_score: the main metric of the last one");
  visit("keep_best", "", settings.keep_best, "end with the parameters of the best evaluation");
  visit("early_stopping_patience", "N", settings.early_stopping_patience,
        "stop when so many evaluations in a row were not better than the best");
  visit("early_stopping_threshold", "X", settings.early_stopping_threshold, "better by more than this; default: 0");
  visit("output", "DIR", settings.output, "where the trained model, and checkpoints, go");
  visit("save_steps", "N", settings.save_steps, "a checkpoint in DIR/checkpoint-<step> every N steps");
  visit("save_limit", "N", settings.save_limit, "keep the newest N checkpoints; default: all");
  visit("resume", "", settings.resume, "go on from the newest checkpoint of --output, if there is one");
  visit("memory_budget", "SIZE", settings.memory_budget,
        "what this process may take, such as 2GiB: larger batches are computed in pieces, with the same gradients; "
        "default: what is free");
  visit("report", "", settings.report,
        "without DIR/report.html, which shows how the run went, and without event files for TensorBoard in DIR/runs");
  visit("log", "F.jsonl", settings.log, "a JSON object for each step and each evaluation");
  visit("precision", "P", settings.precision,
        "auto (default: bf16 on CPUs that multiply it natively, else f32), f32 or bf16");
  visit("threads", "N", settings.threads, "default: $SBERT_THREADS, else the cores this process may use");
}

/// Fills `settings` from a YAML file with the keys of the flags, underscores for dashes, and `objectives` and `eval`.
/// THROWS: UsageError for an unknown key or a value that makes no sense; not_found, io, corrupt_data.
void read_config(const std::filesystem::path& path, TrainSettings& settings);

/// After flags and config file were read: `objectives` holds all objectives, each with its data and loss; what is
/// missing or contradicts is a UsageError.
void complete(TrainSettings& settings, const Flags& flags);

FitOptions fit_options(const TrainSettings& settings);

}  // namespace sbert::cli
