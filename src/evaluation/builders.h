#pragma once

#include <memory>

#include "evaluation/registry.h"

namespace sbert::evaluation {

// One for each evaluator, defined in its file. See EvaluationTask.

/// text, text, score
std::unique_ptr<Evaluator> build_embedding_similarity(const EvaluationTask& task);
/// query, relevant document; or a BEIR directory
std::unique_ptr<Evaluator> build_information_retrieval(const EvaluationTask& task);

}  // namespace sbert::evaluation
