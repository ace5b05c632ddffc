#pragma once

#include <string>
#include <vector>

#include <sbert/fit.h>

#include "base/json.h"
#include "report/curve.h"

namespace sbert::report {

/// What a run has to remember over a break, beside what it needs to go on: a report tells of all of it.
struct History {
  StepCurve curve{};
  std::vector<EvaluationReport> evaluations{};
  double evaluation_seconds = 0;
  std::vector<std::vector<double>> scores_before{};  ///< of the sample pairs of each objective
};

OrderedJson to_json(const History& history);
/// THROWS: corrupt_data, beginning with `where`.
History read_history(const Json& json, const std::string& where);

/// Of one evaluation; NaN is null.
OrderedJson to_json(const EvaluationReport& evaluation);
/// THROWS: corrupt_data, beginning with `where`.
EvaluationReport read_evaluation(const Json& json, const std::string& where);

}  // namespace sbert::report
