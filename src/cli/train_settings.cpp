#include "cli/train_settings.h"

#include <algorithm>

#include "cli/option_values.h"
#include "cli/suggest.h"
#include "cli/usage_error.h"
#include "cli/values.h"
#include "losses/registry.h"

namespace sbert::cli {

namespace {

void check(const ObjectiveSettings& objective) {
  const std::vector<std::string> losses = losses::loss_names();
  if (!objective.data.table.data) fail_usage("--data is missing: the file to learn from");
  if (!objective.loss) fail_usage("--loss is missing", suggest("", losses));
  const std::string& loss = objective.loss->name;
  if (std::find(losses.begin(), losses.end(), loss) == losses.end()) {
    fail_usage("--loss: unknown loss '", loss, "'", suggest(loss, losses));
  }
  if (objective.data.batch_size && *objective.data.batch_size == 0) fail_usage("--batch-size: must be at least 1");
}

void complete_objectives(TrainSettings& settings, const Flags& flags) {
  const ObjectiveSettings& common = settings.objective;
  if (settings.objectives.empty()) {
    settings.objectives = {common};
    return;
  }
  for (const char* name : {"--data", "--columns", "--scale", "--format", "--beside", "--rows", "--classes", "--loss"}) {
    if (flags.given(name)) {
      fail_usage(name,
                 ": the config file has objectives, and this flag does not say which of them it is for; "
                 "change it in the file");
    }
  }
  for (ObjectiveSettings& objective : settings.objectives) {
    if (flags.given("--batch-size")) objective.data.batch_size.reset();
    if (flags.given("--shuffle") || flags.given("--no-shuffle")) objective.data.shuffle.reset();
    set_defaults(objective.data, common.data);
    set_default(objective.loss, common.loss);
    set_default(objective.weight, common.weight);
    set_default(objective.prompts, common.prompts);
    set_default(objective.router_mapping, common.router_mapping);
  }
}

/// A flag that would do nothing is a misunderstanding. (In a config file it may be for another choice of flags.)
void check_flags(const TrainSettings& settings, const Flags& flags) {
  const auto needs = [&](const char* flag, bool holds, const char* other) {
    if (flags.given(flag) && !holds) fail_usage(flag, " does nothing without ", other);
  };
  needs("--save-limit", settings.save_steps.has_value(), "--save-steps");
  needs("--early-stopping-threshold", settings.early_stopping_patience.has_value(), "--early-stopping-patience");
  needs("--schedule-cycles", settings.schedule == Schedule::cosine_with_restarts, "--scheduler cosine_with_restarts");
  needs("--polynomial-power", settings.schedule == Schedule::polynomial, "--scheduler polynomial");
}

void complete_evaluations(TrainSettings& settings) {
  const auto needs_evaluation = [&](bool given, const char* flag) {
    if (given && settings.evaluations.empty()) fail_usage(flag, " needs something to evaluate: --eval KIND:FILE");
  };
  needs_evaluation(settings.eval_steps.has_value(), "--eval-steps");
  needs_evaluation(settings.best_metric.has_value(), "--best-metric");
  needs_evaluation(settings.keep_best, "--keep-best");
  needs_evaluation(settings.early_stopping_patience.has_value(), "--early-stopping-patience");
  for (EvaluationSettings& evaluation : settings.evaluations) {
    // Files that belong together look alike.
    set_default(evaluation.table.header, settings.objective.data.table.header);
    set_default(evaluation.table.quoting, settings.objective.data.table.quoting);
  }
}

}  // namespace

Flags::List loss_list() {
  Flags::List list{.title = "losses (docs/losses.md has their formulas and parameters)", .entries = {}};
  for (const losses::LossEntry* entry : losses::all_losses()) {
    const std::string paper = *entry->citation == 0 ? "" : concat(" [", entry->citation, "]");
    list.entries.emplace_back(entry->name, concat(entry->summary, ". Data: ", entry->data, paper));
  }
  return list;
}

void read_value(std::string_view text, LossSettings& value) {
  const size_t colon = std::min(text.find(':'), text.size());
  value = {.name = std::string(text.substr(0, colon))};
  if (colon == text.size()) return;
  for (const std::string_view item : split_outside_brackets(text.substr(colon + 1), ',')) {
    const size_t equals = item.find('=');
    if (equals == 0 || equals == std::string_view::npos) {
      fail_usage("'", item, "' in '", text, "' should be key=value, as in MultipleNegativesRankingLoss:scale=20");
    }
    value.options[std::string(item.substr(0, equals))] = option_value(item.substr(equals + 1));
  }
}

void complete(TrainSettings& settings, const Flags& flags) {
  if (flags.given("--model") && !flags.given("--modules")) settings.modules.reset();
  if (flags.given("--modules") && !flags.given("--model")) settings.model.reset();
  if (!settings.model && !settings.modules) {
    fail_usage("--model is missing: the model to begin with; or --modules: the parts of a new one");
  }
  if (settings.model && settings.modules) {
    fail_usage("--model is a model to begin with, --modules makes a new one; choose one");
  }
  if (settings.output && settings.output->empty()) settings.output.reset();
  if (!settings.output && !settings.check && !settings.plan)
    fail_usage("--output is missing: the directory that gets the trained model");
  if (flags.given("--warmup-steps") && !flags.given("--warmup-ratio")) settings.warmup_ratio.reset();
  if (flags.given("--warmup-ratio") && !flags.given("--warmup-steps")) settings.warmup_steps.reset();
  if (settings.warmup_steps && settings.warmup_ratio) {
    fail_usage("--warmup-steps and --warmup-ratio say the same in two ways; choose one");
  }
  check_flags(settings, flags);
  complete_objectives(settings, flags);
  for (const ObjectiveSettings& objective : settings.objectives)
    check(objective);
  complete_evaluations(settings);
}

FitOptions fit_options(const TrainSettings& settings) {
  FitOptions options;
  if (settings.recipe) options = *settings.recipe == Recipe::fit ? fit_recipe() : trainer_recipe();
  const auto set = [](auto& field, const auto& value) { field = value.value_or(field); };
  set(options.epochs, settings.epochs);
  set(options.max_steps, settings.max_steps);
  set(options.mixing, settings.mixing);
  set(options.gradient_accumulation_steps, settings.gradient_accumulation_steps);
  set(options.learning_rate, settings.learning_rate);
  set(options.weight_decay, settings.weight_decay);
  set(options.max_grad_norm, settings.max_grad_norm);
  set(options.schedule, settings.schedule);
  set(options.schedule_cycles, settings.schedule_cycles);
  set(options.polynomial_power, settings.polynomial_power);
  if (settings.warmup_ratio) options.warmup_steps = 0;  // a recipe's
  set(options.warmup_steps, settings.warmup_steps);
  set(options.warmup_ratio, settings.warmup_ratio);
  if (settings.freeze) options.freeze = settings.freeze->list;
  set(options.seed, settings.seed);
  set(options.precision, settings.precision);
  if (settings.memory_budget) options.memory_budget = settings.memory_budget->bytes;
  set(options.evaluation_steps, settings.eval_steps);
  set(options.best_metric, settings.best_metric);
  options.keep_best = settings.keep_best;
  set(options.early_stopping_patience, settings.early_stopping_patience);
  set(options.early_stopping_threshold, settings.early_stopping_threshold);
  if (settings.output) {
    options.checkpoints = {.directory = *settings.output,
                           .every_steps = settings.save_steps.value_or(0),
                           .limit = settings.save_limit.value_or(0),
                           .resume = settings.resume};
    if (settings.report.value_or(true)) options.report_directory = *settings.output;
  }
  return options;
}

}  // namespace sbert::cli
