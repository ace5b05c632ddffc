#include <iterator>

#include <sbert/evaluation.h>

#include "base/fail.h"

namespace sbert::evaluation {

SequentialEvaluator::SequentialEvaluator(std::vector<std::shared_ptr<const Evaluator>> evaluators, MainScore main_score)
    : evaluators_(std::move(evaluators)), main_score_(std::move(main_score)) {
  if (evaluators_.empty()) fail(ErrorCode::invalid_argument, "SequentialEvaluator: there are no evaluators");
  if (!main_score_) main_score_ = [](const std::vector<double>& values) { return values.back(); };
}

EvaluationResult SequentialEvaluator::operator()(const SentenceTransformer& model, const EncodeOptions& encode) const {
  EvaluationResult all;
  std::vector<double> primary_values;
  for (const auto& evaluator : evaluators_) {
    EvaluationResult one = (*evaluator)(model, encode);
    primary_values.push_back(one.primary_value());
    for (const auto& [metric, value] : one.metrics) {
      if (all.metrics.emplace(metric, value).second) continue;
      fail(ErrorCode::invalid_argument, "SequentialEvaluator: two evaluators report '", metric, "'; give them names");
    }
    all.csv.insert(all.csv.end(), std::make_move_iterator(one.csv.begin()), std::make_move_iterator(one.csv.end()));
  }
  all.primary = "sequential_score";
  all.metrics[all.primary] = main_score_(primary_values);
  return all;
}

std::vector<EvaluatorDescription> SequentialEvaluator::describe() const {
  std::vector<EvaluatorDescription> all;
  for (const auto& evaluator : evaluators_) {
    for (EvaluatorDescription& one : evaluator->describe())
      all.push_back(std::move(one));
  }
  return all;
}

}  // namespace sbert::evaluation
