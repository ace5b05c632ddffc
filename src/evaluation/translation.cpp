#include <memory>

#include <sbert/evaluation.h>
#include <sbert/search.h>

#include "base/fail.h"
#include "data/examples.h"
#include "evaluation/builders.h"
#include "evaluation/result_builder.h"

namespace sbert::evaluation {

namespace {

/// Part of `queries` whose nearest neighbour i has the text of the right answer.
double part_found(const Embeddings& queries, const Embeddings& answers, const std::vector<std::string>& texts) {
  const auto hits = semantic_search(queries, answers, 1);
  size_t right = 0;
  for (size_t i = 0; i < hits.size(); ++i)
    right += !hits[i].empty() && texts[hits[i][0].corpus_index] == texts[i];
  return static_cast<double>(right) / static_cast<double>(hits.size());
}

}  // namespace

TranslationEvaluator::TranslationEvaluator(std::vector<std::string> source, std::vector<std::string> target,
                                           TranslationOptions options)
    : source_(std::move(source)), target_(std::move(target)), options_(std::move(options)) {
  if (source_.empty() || source_.size() != target_.size()) {
    fail(ErrorCode::invalid_argument, "TranslationEvaluator: ", source_.size(), " source and ", target_.size(),
         " target sentences: one of each a translation is needed");
  }
}

EvaluationResult TranslationEvaluator::operator()(const SentenceTransformer& model, const EncodeOptions& encode) const {
  const Embeddings source = model.encode(source_, encode), target = model.encode(target_, encode);
  const double forward = part_found(source, target, target_), backward = part_found(target, source, source_);
  ResultBuilder result(options_.name, csv_file_name("translation_evaluation", options_.name));
  result.add("src2trg_accuracy", forward, "src2trg");
  result.add("trg2src_accuracy", backward, "trg2src");
  result.add("mean_accuracy", (forward + backward) / 2);
  result.set_primary("mean_accuracy");
  return std::move(result).build();
}

std::unique_ptr<Evaluator> build_translation(const EvaluationTask& task) {
  std::vector<std::string> source, target;
  for (InputExample& example : read_examples(task.data, task.table, {.texts = 2, .label = false})) {
    source.push_back(std::move(example.texts[0]));
    target.push_back(std::move(example.texts[1]));
  }
  return std::make_unique<TranslationEvaluator>(std::move(source), std::move(target), TranslationOptions{task.name});
}

}  // namespace sbert::evaluation
