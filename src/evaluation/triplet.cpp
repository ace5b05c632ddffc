#include <algorithm>
#include <memory>

#include <sbert/evaluation.h>

#include "base/fail.h"
#include "data/examples.h"
#include "evaluation/builders.h"
#include "evaluation/result_builder.h"
#include "evaluation/similarity_functions.h"

namespace sbert::evaluation {

TripletEvaluator::TripletEvaluator(std::vector<std::string> anchors, std::vector<std::string> positives,
                                   std::vector<std::string> negatives, TripletOptions options)
    : anchors_(std::move(anchors)),
      positives_(std::move(positives)),
      negatives_(std::move(negatives)),
      options_(std::move(options)) {
  if (anchors_.empty() || anchors_.size() != positives_.size() || anchors_.size() != negatives_.size()) {
    fail(ErrorCode::invalid_argument, "TripletEvaluator: ", anchors_.size(), " anchors, ", positives_.size(),
         " positives and ", negatives_.size(), " negatives: one of each a triplet is needed");
  }
}

EvaluationResult TripletEvaluator::operator()(const SentenceTransformer& model, const EncodeOptions& encode) const {
  const Embeddings anchors = model.encode_query(anchors_, encode);
  const Embeddings positives = model.encode_document(positives_, encode);
  const Embeddings negatives = model.encode_document(negatives_, encode);
  const auto functions = functions_to_report(options_.similarity_functions, model);
  ResultBuilder result(options_.name, csv_file_name("triplet_evaluation", options_.name));
  double best = 0;
  for (const SimilarityFunction function : functions) {
    const auto margin = options_.margins.find(function);
    const float apart = margin == options_.margins.end() ? 0 : margin->second;
    const std::vector<float> near = pairwise_similarity(anchors, positives, function);
    const std::vector<float> far = pairwise_similarity(anchors, negatives, function);
    size_t right = 0;
    for (size_t i = 0; i < near.size(); ++i)
      right += near[i] > far[i] + apart;
    const double accuracy = static_cast<double>(right) / static_cast<double>(near.size());
    const std::string name(to_string(function));
    result.add(name + "_accuracy", accuracy, "accuracy_" + name);
    result.set_primary(name + "_accuracy");
    best = std::max(best, accuracy);
  }
  if (functions.size() > 1) {
    result.add("max_accuracy", best);
    result.set_primary("max_accuracy");
  }
  return std::move(result).build();
}

std::unique_ptr<Evaluator> build_triplet(const EvaluationTask& task) {
  std::vector<std::string> anchors, positives, negatives;
  for (InputExample& example : read_examples(task.data, task.table, {.texts = 3, .label = false})) {
    anchors.push_back(std::move(example.texts[0]));
    positives.push_back(std::move(example.texts[1]));
    negatives.push_back(std::move(example.texts[2]));
  }
  TripletOptions options;
  options.name = task.name;
  options.similarity_functions = task.similarity_functions;
  return std::make_unique<TripletEvaluator>(std::move(anchors), std::move(positives), std::move(negatives),
                                            std::move(options));
}

}  // namespace sbert::evaluation
