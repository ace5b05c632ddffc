#include "report/outcome.h"

#include <algorithm>
#include <cmath>

#include "evaluation/metric_names.h"

namespace sbert::report {
double metric_of(const std::optional<EvaluationReport>& evaluation, const std::string& name) {
  if (!evaluation) return std::nan("");
  const auto found = evaluation->result.metrics.find(name);
  return found == evaluation->result.metrics.end() ? std::nan("") : found->second;
}

std::vector<std::string> metric_names(const EvaluationReport& evaluation) {
  std::vector<std::string> names = evaluation::metric_names(evaluation.result);
  std::stable_partition(names.begin(), names.end(),
                        [&](const auto& name) { return name == evaluation.result.primary; });
  return names;
}

std::vector<const EvaluationReport*> some_evaluations(const TrainingRecord& record, size_t limit) {
  const auto& all = record.evaluations;
  const size_t step = (all.size() + limit - 1) / std::max<size_t>(1, limit);
  std::vector<const EvaluationReport*> some;
  for (size_t i = 0; i < all.size(); ++i) {
    if (i % std::max<size_t>(1, step) == 0 || i + 1 == all.size()) some.push_back(&all[i]);
  }
  return some;
}

std::vector<CurvePoint> some_points(const StepCurve& curve, size_t limit) {
  const auto& all = curve.points();
  const size_t step = (all.size() + limit - 1) / limit;
  std::vector<CurvePoint> some;
  for (size_t i = 0; i < all.size(); ++i) {
    if (i % step == 0) {
      some.push_back(all[i]);
    } else {
      some.back().add(all[i]);
    }
  }
  return some;
}

std::string data_name(const ObjectiveRecord& objective) {
  return objective.data.empty() ? "data without a name" : objective.data;
}

}  // namespace sbert::report
