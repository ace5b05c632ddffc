#pragma once

#include <string>
#include <vector>

#include "report/record.h"

namespace sbert::report {

/// NaN if there is no such evaluation, or no such metric in it.
double metric_of(const std::optional<EvaluationReport>& evaluation, const std::string& name);

/// Names of metrics, the primary one first.
std::vector<std::string> metric_names(const EvaluationReport& evaluation);

/// At most about `limit` evaluations, the first and the last among them.
std::vector<const EvaluationReport*> some_evaluations(const TrainingRecord& record, size_t limit);

/// At most `limit` points for the steps of the run.
std::vector<CurvePoint> some_points(const StepCurve& curve, size_t limit);

/// What people call the data of an objective.
std::string data_name(const ObjectiveRecord& objective);

}  // namespace sbert::report
