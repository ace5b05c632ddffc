#pragma once

#include <string>
#include <vector>

#include <sbert/evaluation.h>

namespace sbert::evaluation {

/// Of all metrics, as people order them: accuracy@3 before accuracy@10.
std::vector<std::string> metric_names(const EvaluationResult& result);

}  // namespace sbert::evaluation
