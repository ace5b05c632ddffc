#include "evaluation/registry.h"

#include "base/fail.h"
#include "evaluation/builders.h"

namespace sbert::evaluation {

const std::vector<EvaluatorKind>& evaluator_kinds() {
  static const std::vector<EvaluatorKind> kinds{
      {"sts", "two texts and a score", build_embedding_similarity},
      {"binary", "two texts and a label, 1 for similar and 0 for not", build_binary_classification},
      {"triplet", "an anchor, a positive and a negative", build_triplet},
      {"ir", "a query and a relevant document, or a directory in BEIR layout", build_information_retrieval},
      {"rerank", "a query, relevant documents and others, each one text or a list", build_reranking},
      {"paraphrase", "two texts, perhaps a label, 1 for duplicates and 0 for not", build_paraphrase_mining},
      {"translation", "a text and its translation", build_translation},
      {"accuracy", "what SoftmaxLoss takes, while it is trained: two texts and a class", build_label_accuracy},
      {"mse", "a text, or a text and its translation; needs a teacher", build_mse},
  };
  return kinds;
}

std::unique_ptr<Evaluator> make_evaluator(const EvaluationTask& task) {
  std::string known;
  for (const EvaluatorKind& kind : evaluator_kinds()) {
    if (kind.name == task.kind) return kind.build(task);
    known += known.empty() ? "" : ", ";
    known += kind.name;
  }
  fail(ErrorCode::invalid_argument, "unknown evaluation task '", task.kind, "': use one of ", known);
}

}  // namespace sbert::evaluation
