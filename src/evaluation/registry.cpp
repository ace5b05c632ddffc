#include "evaluation/registry.h"

#include "base/fail.h"
#include "evaluation/builders.h"

namespace sbert::evaluation {

const std::vector<EvaluatorKind>& evaluator_kinds() {
  static const std::vector<EvaluatorKind> kinds{
      {"sts", "two texts and a score", build_embedding_similarity},
      {"ir", "a query and a relevant document, or a directory in BEIR layout", build_information_retrieval},
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
