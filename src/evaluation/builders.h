#pragma once

#include <memory>

#include "evaluation/registry.h"

namespace sbert::evaluation {

// One for each evaluator, defined in its file. See EvaluationTask.

/// text, text, score
std::unique_ptr<Evaluator> build_embedding_similarity(const EvaluationTask& task);
/// text, text, 0 or 1
std::unique_ptr<Evaluator> build_binary_classification(const EvaluationTask& task);
/// anchor, positive, negative
std::unique_ptr<Evaluator> build_triplet(const EvaluationTask& task);
/// query, relevant document; or a BEIR directory
std::unique_ptr<Evaluator> build_information_retrieval(const EvaluationTask& task);
/// query, positives, negatives: texts or lists of them
std::unique_ptr<Evaluator> build_reranking(const EvaluationTask& task);
/// text, text, perhaps 0 or 1
std::unique_ptr<Evaluator> build_paraphrase_mining(const EvaluationTask& task);
/// text, text
std::unique_ptr<Evaluator> build_translation(const EvaluationTask& task);
/// texts, class; task.classifier
std::unique_ptr<Evaluator> build_label_accuracy(const EvaluationTask& task);
/// text, perhaps another text; task.teacher
std::unique_ptr<Evaluator> build_mse(const EvaluationTask& task);

}  // namespace sbert::evaluation
