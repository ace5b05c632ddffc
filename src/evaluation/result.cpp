#include "evaluation/result.h"

#include <utility>

namespace sbert::evaluation {

EvaluationResult with_name(EvaluationResult result, const std::string& name) {
  if (name.empty()) return result;
  EvaluationResult named{{}, name + "_" + result.primary};
  for (const auto& [metric, value] : result.metrics)
    named.metrics.emplace(name + "_" + metric, value);
  return named;
}

}  // namespace sbert::evaluation
