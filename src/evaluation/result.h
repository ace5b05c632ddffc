#pragma once

#include <string>

#include <sbert/evaluation.h>

namespace sbert::evaluation {

/// Puts "<name>_" before every metric; an empty name changes nothing.
EvaluationResult with_name(EvaluationResult result, const std::string& name);

}  // namespace sbert::evaluation
