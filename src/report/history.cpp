#include "report/history.h"

#include <cmath>

#include "base/fail.h"

namespace sbert::report {

OrderedJson to_json(const EvaluationReport& evaluation) {
  return {{"step", evaluation.step},
          {"epoch", evaluation.epoch},
          {"primary", evaluation.result.primary},
          {"metrics", evaluation.result.metrics}};
}

EvaluationReport read_evaluation(const Json& json, const std::string& where) {
  EvaluationReport evaluation;
  evaluation.step = json_required<uint64_t>(json, "step", where);
  evaluation.epoch = json_required<double>(json, "epoch", where);
  evaluation.result.primary = json_required<std::string>(json, "primary", where);
  const Json metrics = json_required<Json>(json, "metrics", where);
  for (const auto& [name, value] : metrics.items())
    evaluation.result.metrics[name] = value.is_number() ? value.get<double>() : std::nan("");
  if (!evaluation.result.metrics.contains(evaluation.result.primary)) {
    fail(ErrorCode::corrupt_data, where, ": an evaluation has no '", evaluation.result.primary, "'");
  }
  return evaluation;
}

OrderedJson to_json(const History& history) {
  OrderedJson evaluations = OrderedJson::array();
  for (const EvaluationReport& evaluation : history.evaluations)
    evaluations.push_back(to_json(evaluation));
  return {{"curve", history.curve.to_json()},
          {"evaluations", evaluations},
          {"evaluation_seconds", history.evaluation_seconds},
          {"scores_before", history.scores_before}};
}

History read_history(const Json& json, const std::string& where) {
  History history{.curve = StepCurve::from_json(json_required<Json>(json, "curve", where), where)};
  for (const Json& evaluation : json_required<std::vector<Json>>(json, "evaluations", where))
    history.evaluations.push_back(read_evaluation(evaluation, where));
  history.evaluation_seconds = json_required<double>(json, "evaluation_seconds", where);
  for (const Json& objective : json_required<std::vector<Json>>(json, "scores_before", where)) {
    if (!objective.is_array()) fail(ErrorCode::corrupt_data, where, ": 'scores_before' should be lists of numbers");
    std::vector<double>& scores = history.scores_before.emplace_back();
    for (const Json& score : objective)
      scores.push_back(score.is_number() ? score.get<double>() : std::nan(""));
  }
  return history;
}

}  // namespace sbert::report
