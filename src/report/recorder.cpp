#include "report/recorder.h"

#include <utility>

#include <sbert/error.h>

#include "base/files.h"
#include "model/implementation.h"
#include "report/machine.h"
#include "report/model_description.h"
#include "report/page.h"
#include "report/scores.h"

namespace sbert::report {

Recorder::Recorder(const SentenceTransformer& model, const FitOptions& options) : model_(model), options_(options) {}

Recorder::~Recorder() = default;

template <class Write>
void Recorder::try_to(const Write& write) {
  if (options_.report_directory.empty() || !error_.empty()) return;
  try {
    write();
  } catch (const Error& error) {
    error_ = error.what();
  }
}

void Recorder::begin() {
  score_pairs(model_, record_.objectives, options_.precision, &ScoredPair::before);
}

void Recorder::resume(const Json& history, const std::string& where) {
  if (history.is_null()) return;
  History past = read_history(history, where);
  record_.curve = std::move(past.curve);
  record_.evaluations = std::move(past.evaluations);
  record_.evaluation_seconds = past.evaluation_seconds;
  for (size_t i = 0; i < std::min(record_.objectives.size(), past.scores_before.size()); ++i) {
    auto& pairs = record_.objectives[i].pairs;
    for (size_t k = 0; k < std::min(pairs.size(), past.scores_before[i].size()); ++k)
      pairs[k].before = past.scores_before[i][k];
  }
}

TensorBoard& Recorder::tensorboard() {
  if (tensorboard_ == nullptr) {
    std::vector<std::string> losses;
    for (const ObjectiveRecord& objective : record_.objectives)
      losses.push_back(objective.loss);
    tensorboard_ = std::make_unique<TensorBoard>(options_.report_directory / "runs", std::move(losses));
  }
  return *tensorboard_;
}

void Recorder::add(const StepReport& step) {
  record_.curve.add(step);
  record_.total_steps = step.total_steps;
  try_to([&] { tensorboard().add(step); });
}

void Recorder::add(const EvaluationReport& evaluation, double seconds) {
  record_.evaluations.push_back(evaluation);
  record_.evaluations.back().result.csv.clear();
  record_.evaluation_seconds += seconds;
  try_to([&] { tensorboard().add(evaluation); });
}

OrderedJson Recorder::history() const {
  History history{
      .curve = record_.curve, .evaluations = record_.evaluations, .evaluation_seconds = record_.evaluation_seconds};
  for (const ObjectiveRecord& objective : record_.objectives) {
    std::vector<double>& scores = history.scores_before.emplace_back();
    for (const ScoredPair& pair : objective.pairs)
      scores.push_back(pair.before);
  }
  return to_json(history);
}

FitResult Recorder::finish(FitResult result, uint64_t trained_parameters, const OrderedJson& settings,
                           const OrderedJson& usual) {
  if (options_.keep_best && !result.stopped && result.best) record_.kept_step = result.best->step;
  for (const EvaluationReport& evaluation : record_.evaluations) {
    if (evaluation.step == 0) {
      result.before = evaluation;
    } else if (evaluation.step == record_.kept_step.value_or(result.steps)) {
      result.after = evaluation;
    }
  }
  record_.result = result;
  score_pairs(model_, record_.objectives, options_.precision, &ScoredPair::after);
  record_.model = describe_model(model_);
  record_.model.trained_parameters = trained_parameters;
  for (const auto& [name, value] : settings.items())
    record_.hyperparameters.push_back({name, value, value == usual.at(name)});
  record_.precision = to_string(gemm_dtype(options_.precision) == DType::bf16 ? Precision::bf16 : Precision::f32);
  record_.machine = describe_machine();
  record_.versions = versions();
  if (options_.evaluator != nullptr) record_.evaluators = options_.evaluator->describe();
  record_.usage = make_usage_example(model_, record_.objectives);
  tensorboard_.reset();
  try_to([&] { write_file_atomically(options_.report_directory / "report.html", html_page(record_)); });
  result.report_error = error_;
  return result;
}

}  // namespace sbert::report
