#pragma once

#include <memory>
#include <string>
#include <utility>

#include <sbert/fit.h>

#include "base/json.h"
#include "report/history.h"
#include "report/record.h"
#include "report/tensorboard.h"

namespace sbert::report {

/// Follows a run and makes its record; writes the files of FitOptions::report_directory. They cannot make a run fail:
/// FitResult::report_error says what went wrong.
class Recorder {
 public:
  /// `model` and `options` must outlive this.
  Recorder(const SentenceTransformer& model, const FitOptions& options);
  ~Recorder();

  /// Once for each objective, in order.
  void add(ObjectiveRecord objective) { record_.objectives.push_back(std::move(objective)); }
  /// Before the first step: what the model makes of the sample pairs.
  void begin();
  /// Instead of begin(), with history() of the run that is resumed; null if that did not keep any.
  void resume(const Json& history, const std::string& where);
  void add(const StepReport& step);
  void add(const EvaluationReport& evaluation, double seconds);
  OrderedJson history() const;

  /// The model is trained, and encodes with its final parameters. `settings`: values of all options, and `usual`, what
  /// they are by default. Returns `result` with what only this knows.
  FitResult finish(FitResult result, uint64_t trained_parameters, const OrderedJson& settings,
                   const OrderedJson& usual);
  /// After finish().
  const TrainingRecord& record() const { return record_; }

 private:
  template <class Write>
  void try_to(const Write& write);
  TensorBoard& tensorboard();

  const SentenceTransformer& model_;
  const FitOptions& options_;
  TrainingRecord record_;
  std::unique_ptr<TensorBoard> tensorboard_;
  std::string error_;
};

}  // namespace sbert::report
