#include "train/trainer.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "base/fail.h"
#include "tensor/ops/rows.h"
#include "train/schedule.h"

namespace sbert {
namespace {

using Clock = std::chrono::steady_clock;

/// Dropout sites of one step; each step begins at a multiple of it.
constexpr uint64_t kDropoutStreamsPerStep = uint64_t{1} << 20;
/// torch.nn.utils.clip_grad_norm_ divides by the norm plus this.
constexpr double kClipEpsilon = 1e-6;

void check(const FitOptions& options) {
  const auto reject = [](const char* name, double value, const char* rule) {
    fail(ErrorCode::invalid_argument, name, " must be ", rule, ", not ", value);
  };
  if (options.epochs == 0 && options.max_steps == 0) reject("epochs", 0, "at least 1");
  if (!(options.learning_rate > 0)) reject("learning rate", options.learning_rate, "positive");
  if (!(options.weight_decay >= 0)) reject("weight decay", options.weight_decay, "0 or more");
  if (!(options.max_grad_norm >= 0)) reject("max_grad_norm", options.max_grad_norm, "0 (no clipping) or more");
  if (!(options.warmup_ratio >= 0 && options.warmup_ratio <= 1))
    reject("warmup_ratio", options.warmup_ratio, "in [0, 1]");
}

std::vector<ObjectiveBatches> prepare(std::span<const Objective> objectives, const SentenceTransformer& model,
                                      const FitOptions& options) {
  check(options);
  if (objectives.empty()) fail(ErrorCode::invalid_argument, "fit needs at least one objective (data, loss)");
  std::vector<ObjectiveBatches> batches;
  for (const Objective& objective : objectives) {
    batches.emplace_back(objective, model.implementation().input(), options.seed);
  }
  return batches;
}

std::vector<ParameterPtr> trained_parameters(SentenceTransformer& model, std::span<const Objective> objectives) {
  auto all = model.implementation().parameters();
  for (const Objective& objective : objectives) {
    const auto own = objective.loss.implementation()->parameters();
    all.insert(all.end(), own.begin(), own.end());
  }
  return all;
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string describe(const StepReport& report) {
  char text[96];
  std::snprintf(text, sizeof text, "loss %.4f  %.0f tok/s", report.loss, report.tokens_per_second);
  return text;
}

}  // namespace

Trainer::Trainer(SentenceTransformer& model, std::span<const Objective> objectives, const FitOptions& options)
    : model_(model),
      options_(options),
      objectives_(prepare(objectives, model, options)),
      block_(trained_parameters(model, objectives)),
      optimizer_(block_, {.beta1 = options.adam_beta1,
                          .beta2 = options.adam_beta2,
                          .epsilon = options.adam_epsilon,
                          .weight_decay = options.weight_decay}) {
  model.implementation().parameters_changed();
  gemm_input_ = model.implementation().prepare(options.precision);
  const auto shortest = std::min_element(objectives_.begin(), objectives_.end(), [](const auto& a, const auto& b) {
    return a.batches_per_epoch() < b.batches_per_epoch();
  });
  steps_per_epoch_ = shortest->batches_per_epoch() * objectives_.size();
  total_steps_ = options.max_steps != 0 ? options.max_steps : options.epochs * steps_per_epoch_;
}

FitResult Trainer::run() {
  const uint64_t warmup = warmup_steps(options_, total_steps_);
  while (result_.steps < total_steps_ && !result_.stopped) {
    const uint64_t in_epoch = result_.steps % steps_per_epoch_;
    if (in_epoch == 0) begin_epoch(result_.steps / steps_per_epoch_);
    const auto start = Clock::now();
    const double learning_rate =
        options_.learning_rate * schedule_factor(options_.schedule, result_.steps, warmup, total_steps_);
    const StepCost cost =
        train_step(objectives_[in_epoch % objectives_.size()], in_epoch / objectives_.size(), learning_rate);
    const double seconds = seconds_since(start);

    ++result_.steps;
    result_.seconds += seconds;
    result_.tokens += static_cast<uint64_t>(cost.tokens);
    result_.final_loss = cost.loss;
    const double epoch = static_cast<double>(result_.steps) / static_cast<double>(steps_per_epoch_);
    report(cost, learning_rate, epoch, seconds);
    result_.stopped = options_.stop != nullptr && options_.stop->load();

    const bool due = options_.evaluation_steps != 0 ? result_.steps % options_.evaluation_steps == 0
                                                    : result_.steps % steps_per_epoch_ == 0;
    if (due || result_.steps == total_steps_ || result_.stopped) evaluate(epoch);
  }
  optimizer_.finish();
  for (const auto& parameter : block_.parameters())
    parameter->gradient = Tensor();
  model_.implementation().parameters_changed();
  return result_;
}

void Trainer::begin_epoch(uint64_t epoch) {
  for (auto& objective : objectives_)
    objective.begin_epoch(epoch);
}

double Trainer::forward_and_backward(const ObjectiveBatches& objective, const TrainingBatch& batch) {
  Tape tape;
  Execution run{.tape = &tape,
                .gemm_input = gemm_input_,
                .training = true,
                .dropout_seed = options_.seed,
                .dropout_stream = result_.steps * kDropoutStreamsPerStep};
  nn::Features features{.batch = batch.packed};
  model_.implementation().forward(run, features);

  Execution loss_run{.tape = &tape, .training = true};  // losses never round
  std::vector<Var> columns;
  for (size_t i = 0; i < objective.inputs(); ++i) {
    const auto begin = static_cast<int64_t>(i) * batch.rows;
    columns.push_back(slice_rows(loss_run, features.sentence_embedding, begin, begin + batch.rows));
  }
  const Var loss = objective.loss().forward(
      loss_run, {.embeddings = columns, .labels = batch.labels, .seed = options_.seed + result_.steps});
  const float value = *loss->value.data<float>();
  if (!std::isfinite(value)) {
    fail(ErrorCode::invalid_argument, "the loss became ", value, " at step ", result_.steps + 1,
         ": lower the learning rate or check the labels");
  }
  loss->gradient = Tensor::empty(1, 1);
  *loss->gradient.data<float>() = 1;
  tape.backward();
  return value;
}

Trainer::StepCost Trainer::train_step(ObjectiveBatches& objective, size_t batch_index, double learning_rate) {
  const TrainingBatch batch = objective.batch(batch_index);
  block_.clear_gradients();
  const double loss = forward_and_backward(objective, batch);
  const double norm = block_.gradient_norm();
  const double clip = options_.max_grad_norm > 0 ? std::min(1.0, options_.max_grad_norm / (norm + kClipEpsilon)) : 1.0;
  optimizer_.step(learning_rate, clip);
  return {loss, norm, batch.packed.tokens()};
}

void Trainer::report(const StepCost& cost, double learning_rate, double epoch, double seconds) {
  const StepReport report{.step = result_.steps,
                          .epoch = epoch,
                          .loss = cost.loss,
                          .learning_rate = learning_rate,
                          .gradient_norm = cost.gradient_norm,
                          .tokens_per_second = static_cast<double>(cost.tokens) / seconds};
  if (options_.on_step) options_.on_step(report);
  if (!options_.progress) return;
  const std::string detail = describe(report);
  options_.progress({.stage = "train", .done = report.step, .total = total_steps_, .unit = "steps", .detail = detail});
}

void Trainer::evaluate(double epoch) {
  if (options_.evaluator == nullptr) return;
  optimizer_.finish();
  if (gemm_input_ == DType::f32) model_.implementation().parameters_changed();
  const auto result = (*options_.evaluator)(model_, {.precision = options_.precision});
  if (options_.on_evaluation) options_.on_evaluation({.step = result_.steps, .epoch = epoch, .result = result});
}

FitResult SentenceTransformer::fit(std::span<const Objective> objectives, const FitOptions& options) {
  return Trainer(*this, objectives, options).run();
}

FitResult SentenceTransformer::fit(std::initializer_list<Objective> objectives, const FitOptions& options) {
  return fit(std::span(objectives.begin(), objectives.size()), options);
}

}  // namespace sbert
