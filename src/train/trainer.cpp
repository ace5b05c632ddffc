#include "train/trainer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string>
#include <utility>

#include "base/fail.h"
#include "model/card_file.h"
#include "report/card.h"
#include "tensor/buffer_pool.h"
#include "train/fit_options.h"
#include "train/freeze.h"
#include "train/schedule.h"

namespace sbert {
namespace {

using Clock = std::chrono::steady_clock;

/// torch.nn.utils.clip_grad_norm_ divides by the norm plus this.
constexpr double kClipEpsilon = 1e-6;
/// Batches that plan() times.
constexpr uint64_t kTimedSteps = 3;

std::vector<ObjectiveBatches> prepare(std::span<const Objective> objectives, const SentenceTransformer& model,
                                      const FitOptions& options, report::Recorder* recorder) {
  check_options(options);
  if (objectives.empty()) fail(ErrorCode::invalid_argument, "fit needs at least one objective (data, loss)");
  std::vector<ObjectiveBatches> batches;
  for (const Objective& objective : objectives) {
    const nn::InputModule& input = model.implementation().input();
    report::DataObserver observer(objective, input);
    batches.emplace_back(objective, input, options, recorder != nullptr ? &observer : nullptr);
    if (recorder != nullptr) recorder->add(observer.finish());
  }
  return batches;
}

std::vector<ParameterPtr> trained_parameters(SentenceTransformer& model, std::span<const Objective> objectives) {
  auto all = model.implementation().parameters();
  for (const Objective& objective : objectives) {
    const auto own = objective.loss.implementation()->parameters();
    all.insert(all.end(), own.begin(), own.end());
  }
  if (std::ranges::all_of(all, [](const auto& parameter) { return parameter->frozen; })) {
    fail(ErrorCode::invalid_argument, "there is nothing to train: the model has no parameters that are not frozen");
  }
  return all;
}

DType prepare_weights(ModelImplementation& model, Precision precision) {
  model.release_files();
  model.parameters_changed();
  return model.prepare(precision);
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

Trainer::Trainer(SentenceTransformer& model, std::span<const Objective> objectives, const FitOptions& options,
                 report::Recorder* recorder)
    : model_(model),
      options_(options),
      objectives_(prepare(objectives, model, options, recorder)),
      steps_(objectives_, options),
      frozen_(model.implementation(), options.freeze),
      block_(trained_parameters(model, objectives)),
      optimizer_(block_, {.beta1 = options.adam_beta1,
                          .beta2 = options.adam_beta2,
                          .epsilon = options.adam_epsilon,
                          .weight_decay = options.weight_decay}),
      best_(options, block_),
      gemm_input_(prepare_weights(model.implementation(), options.precision)),
      checkpoints_(options.checkpoints, settings(), model.implementation(), block_, optimizer_, best_),
      recorder_(recorder) {}

Trainer::~Trainer() {
  for (const auto& parameter : block_.parameters())
    parameter->gradient = Tensor();
  limit_buffer_pool(0);
}

/// Everything that decides what the trained model is, by the names that users know.
OrderedJson Trainer::settings() const {
  OrderedJson objectives = OrderedJson::array();
  for (const ObjectiveBatches& objective : objectives_) {
    objectives.push_back({{"loss", objective.loss().name()},
                          {"parameters", objective.loss().config()},
                          {"weight", objective.weight()},
                          {"batch_size", objective.batch_size()},
                          {"rows", objective.examples().rows()},
                          {"tasks", objective.examples().tasks()},
                          {"data", objective.examples().fingerprint()}});
  }
  return {{"objectives", objectives},
          {"steps", steps_.total_steps()},
          {"mixing", to_string(options_.mixing)},
          {"gradient_accumulation_steps", options_.gradient_accumulation_steps},
          {"learning_rate", options_.learning_rate},
          {"weight_decay", options_.weight_decay},
          {"adam", {options_.adam_beta1, options_.adam_beta2, options_.adam_epsilon}},
          {"max_grad_norm", options_.max_grad_norm},
          {"schedule", to_string(options_.schedule)},
          {"schedule_cycles", options_.schedule_cycles},
          {"polynomial", {options_.polynomial_power, options_.polynomial_end}},
          {"warmup_steps", warmup_steps(options_, steps_.total_steps())},
          {"freeze", options_.freeze},
          {"seed", options_.seed},
          {"precision", gemm_input_ == DType::bf16 ? "bf16" : "f32"},
          {"parameters", block_.values().size()},
          {"evaluation_steps", options_.evaluator != nullptr ? options_.evaluation_steps : 0},
          {"best_metric", options_.best_metric},
          {"keep_best", options_.keep_best},
          {"early_stopping", {options_.early_stopping_patience, options_.early_stopping_threshold}}};
}

void Trainer::decide_pieces(bool measure) {
  MemoryEstimate estimate(model_.implementation(), objectives_, gemm_input_, options_.keep_best);
  plan_.budget_bytes = options_.memory_budget;
  if (plan_.budget_bytes == 0) {
    const uint64_t available = available_memory();
    // What training takes apart from activations is in use already.
    plan_.budget_bytes = available == 0 ? UINT64_MAX : estimate.fixed_bytes() + available / 5 * 4;
  }
  const uint64_t guess = estimate.fixed_bytes() + estimate.bytes_per_token() * estimate.largest_batch_tokens();
  if (measure || guess > plan_.budget_bytes / 2) {
    estimate.measure_token(model_.implementation(), objectives_, gemm_input_, plan_.budget_bytes);
    block_.clear_gradients();
  }
  plan_.fixed_bytes = estimate.fixed_bytes();
  plan_.bytes_per_token = estimate.bytes_per_token();
  plan_.largest_batch_tokens = estimate.largest_batch_tokens();
  plan_.piece_tokens = choose_piece_tokens(estimate, plan_.budget_bytes);
  const uint64_t at_once = plan_.piece_tokens != 0 ? plan_.piece_tokens : plan_.largest_batch_tokens;
  plan_.pieces_per_batch = (plan_.largest_batch_tokens + at_once - 1) / std::max<uint64_t>(1, at_once);
  plan_.peak_bytes = plan_.fixed_bytes + at_once * plan_.bytes_per_token;
}

void Trainer::limit_memory() const {
  if (options_.memory_budget == 0) return;
  const MemoryEstimate estimate(model_.implementation(), objectives_, gemm_input_, options_.keep_best);
  limit_buffer_pool(std::max(options_.memory_budget, estimate.bytes_beside_tensors() + 1) -
                    estimate.bytes_beside_tensors());
}

FitPlan Trainer::plan() {
  decide_pieces(true);
  plan_.total_steps = steps_.total_steps();
  plan_.steps_per_epoch = steps_.steps_per_epoch();
  for (uint64_t step = 0; step < plan_.steps_per_epoch; ++step) {
    for (const BatchPlace& place : steps_[step])
      plan_.tokens_per_epoch += static_cast<uint64_t>(objectives_[place.objective].tokens(place.batch));
  }
  // The first step grows buffers and makes GEMMs; it is not timed.
  Clock::time_point start;
  int64_t tokens = 0;
  for (uint64_t step = 0; step <= std::min(kTimedSteps, plan_.total_steps - 1); ++step) {
    if (step <= 1) {
      start = Clock::now();
      tokens = 0;
    }
    result_.steps = step;
    tokens += train_step(0).tokens;
  }
  plan_.seconds_per_epoch =
      seconds_since(start) / static_cast<double>(tokens) * static_cast<double>(plan_.tokens_per_epoch);
  return plan_;
}

FitResult Trainer::run() {
  const bool resumed = resume();
  if (!resumed) decide_pieces(options_.memory_budget != 0);
  limit_memory();
  model_.implementation().card.clear();  // it told of the model before training
  if (!resumed) {
    recorder_->begin();
    if (options_.evaluate_first) evaluate();
  }
  const uint64_t total = steps_.total_steps();
  const uint64_t warmup = warmup_steps(options_, total);
  while (result_.steps < total && !result_.stopped && !result_.stopped_early) {
    const auto start = Clock::now();
    const double learning_rate = options_.learning_rate * schedule_factor(options_, result_.steps, warmup, total);
    const StepCost cost = train_step(learning_rate);
    if (result_.diverged) {
      result_.final_loss = cost.loss;
      break;
    }
    const double seconds = seconds_since(start);

    ++result_.steps;
    result_.seconds += seconds;
    result_.tokens += static_cast<uint64_t>(cost.tokens);
    result_.final_loss = cost.loss;
    report(cost, learning_rate, seconds);
    result_.stopped = options_.stop != nullptr && options_.stop->load() && result_.steps < total;
    // Who stops a run does not want to wait for an evaluation; it is made when the run goes on.
    if (!result_.stopped) evaluate_if_due();
    if (checkpoints_.due(result_.steps) || (result_.stopped && checkpoints_.enabled())) save_checkpoint();
  }
  optimizer_.finish();
  // A run that will go on ends with what it has.
  if (!result_.stopped) best_.restore();
  result_.best = best_.report();
  model_.implementation().parameters_changed();
  const FitResult result = recorder_->finish(result_, static_cast<uint64_t>(block_.values().size()),
                                             describe_options(options_), describe_options({}));
  model_.implementation().card = sealed_card(report::model_card(recorder_->record()));
  return result;
}

Trainer::StepCost Trainer::add_gradients(std::span<const BatchPlace> places, uint64_t first_batch) {
  const BatchGradients gradients(
      model_.implementation(),
      {.gemm_input = gemm_input_, .seed = options_.seed, .piece_tokens = static_cast<int64_t>(plan_.piece_tokens)});
  StepCost cost;
  cost.losses.resize(objectives_.size());
  for (size_t i = 0; i < places.size(); ++i) {
    const ObjectiveBatches& objective = objectives_[places[i].objective];
    const TrainingBatch batch = objective.batch(places[i].batch);
    const double weight = objective.weight() / static_cast<double>(places.size());
    const double loss = gradients.add(objective.loss(), batch, first_batch + i, weight);
    cost.loss += weight * loss;
    cost.losses[places[i].objective].add(loss);
    cost.tokens += batch.packed.tokens();
  }
  return cost;
}

Trainer::StepCost Trainer::train_step(double learning_rate) {
  block_.clear_gradients();
  StepCost cost = add_gradients(steps_[result_.steps], result_.steps * options_.gradient_accumulation_steps);
  cost.gradient_norm = block_.gradient_norm();
  result_.diverged = !std::isfinite(cost.loss) || !std::isfinite(cost.gradient_norm);
  if (result_.diverged) return cost;  // parameters are numbers as long as gradients are
  const double clip =
      options_.max_grad_norm > 0 ? std::min(1.0, options_.max_grad_norm / (cost.gradient_norm + kClipEpsilon)) : 1.0;
  optimizer_.step(learning_rate, clip);
  return cost;
}

void Trainer::report(const StepCost& cost, double learning_rate, double seconds) {
  StepReport report{.step = result_.steps,
                    .total_steps = steps_.total_steps(),
                    .epoch = steps_.epoch(result_.steps),
                    .loss = cost.loss,
                    .learning_rate = learning_rate,
                    .gradient_norm = cost.gradient_norm,
                    .tokens = static_cast<uint64_t>(cost.tokens),
                    .seconds = seconds};
  for (const report::Mean& loss : cost.losses)
    report.losses.push_back(loss.value());
  recorder_->add(report);
  if (options_.on_step) options_.on_step(report);
  if (!options_.progress) return;
  recent_.add(report);
  const std::string detail = recent_.describe();
  options_.progress(
      {.stage = "train", .done = report.step, .total = report.total_steps, .unit = "steps", .detail = detail});
}

/// Whether there was a checkpoint to go on from.
bool Trainer::resume() {
  const auto resumed = checkpoints_.resume();
  if (!resumed) return false;
  result_.steps = result_.resumed_from = resumed->step;
  result_.tokens = resumed->tokens;
  result_.seconds = resumed->seconds;
  result_.final_loss = resumed->last_loss;
  evaluated_ = resumed->evaluated;
  plan_.piece_tokens = resumed->piece_tokens;
  recorder_->resume(resumed->history, options_.checkpoints.directory.string());
  prepare_weights(model_.implementation(), options_.precision);
  evaluate_if_due();
  result_.stopped_early = best_.should_stop();
  return true;
}

EvaluationReport Trainer::evaluate() {
  optimizer_.finish();
  if (gemm_input_ == DType::f32) model_.implementation().parameters_changed();
  const auto start = Clock::now();
  EncodeOptions encode{.precision = options_.precision};
  if (options_.progress) {
    encode.progress = [this](Progress progress) {
      progress.stage = "evaluate";
      options_.progress(progress);
    };
  }
  EvaluationReport report{
      .step = result_.steps, .epoch = steps_.epoch(result_.steps), .result = (*options_.evaluator)(model_, encode)};
  if (!options_.best_metric.empty()) choose_primary(report.result, options_.best_metric);
  recorder_->add(report, seconds_since(start));
  if (options_.on_evaluation) options_.on_evaluation(report);
  return report;
}

void Trainer::evaluate_if_due() {
  const uint64_t step = result_.steps;
  const bool due = options_.evaluation_steps != 0 ? step % options_.evaluation_steps == 0 : steps_.ends_epoch(step);
  if (options_.evaluator == nullptr || step == evaluated_ || (!due && step != steps_.total_steps())) return;
  const EvaluationReport report = evaluate();
  evaluated_ = step;
  best_.add(report);
  result_.stopped_early = best_.should_stop();
}

void Trainer::save_checkpoint() {
  optimizer_.finish();
  checkpoints_.save({.step = result_.steps,
                     .tokens = result_.tokens,
                     .seconds = result_.seconds,
                     .last_loss = result_.final_loss,
                     .evaluated = evaluated_,
                     .piece_tokens = plan_.piece_tokens,
                     .history = recorder_->history()});
}

FitResult SentenceTransformer::fit(std::span<const Objective> objectives, const FitOptions& options) {
  report::Recorder recorder(*this, options);
  return Trainer(*this, objectives, options, &recorder).run();
}

FitResult SentenceTransformer::fit(std::initializer_list<Objective> objectives, const FitOptions& options) {
  return fit(std::span(objectives.begin(), objectives.size()), options);
}

FitPlan SentenceTransformer::plan_fit(std::span<const Objective> objectives, const FitOptions& options) {
  return Trainer(*this, objectives, options, nullptr).plan();
}

}  // namespace sbert
