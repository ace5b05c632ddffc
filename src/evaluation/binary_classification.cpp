#include <algorithm>
#include <memory>

#include <sbert/evaluation.h>

#include "base/fail.h"
#include "data/examples.h"
#include "evaluation/builders.h"
#include "evaluation/result_builder.h"
#include "evaluation/scored_metrics.h"
#include "evaluation/similarity_functions.h"
#include "evaluation/threshold_metrics.h"

namespace sbert::evaluation {

namespace {

struct PairMetric {
  const char* name;
  double value;
};

bool is_distance(SimilarityFunction function) {
  return function == SimilarityFunction::euclidean || function == SimilarityFunction::manhattan;
}

/// In the order of the CSV columns.
std::vector<PairMetric> measure(std::span<const float> similarities, std::span<const int> labels,
                                SimilarityFunction function) {
  const std::vector<ScoreGroup> groups = group_by_score(similarities, labels);
  const BestAccuracy accuracy = best_accuracy(groups);
  const BestF1 f1 = best_f1(groups);
  // Similarities are negated distances; what is reported are distances. (0 - x, because -x may be minus zero.)
  const auto reported = [&](float threshold) { return is_distance(function) ? 0 - threshold : threshold; };
  return {{"accuracy", accuracy.accuracy},
          {"accuracy_threshold", reported(accuracy.threshold)},
          {"f1", f1.f1},
          {"precision", f1.precision},
          {"recall", f1.recall},
          {"f1_threshold", reported(f1.threshold)},
          {"ap", average_precision(similarities, labels)},
          {"mcc", matthews_correlation(groups, f1.threshold)}};
}

}  // namespace

BinaryClassificationEvaluator::BinaryClassificationEvaluator(std::vector<std::string> sentences1,
                                                             std::vector<std::string> sentences2,
                                                             std::vector<int> labels,
                                                             BinaryClassificationOptions options)
    : sentences1_(std::move(sentences1)),
      sentences2_(std::move(sentences2)),
      labels_(std::move(labels)),
      options_(std::move(options)) {
  if (labels_.empty() || sentences1_.size() != labels_.size() || sentences2_.size() != labels_.size()) {
    fail(ErrorCode::invalid_argument, "BinaryClassificationEvaluator: ", sentences1_.size(), " and ",
         sentences2_.size(), " sentences with ", labels_.size(), " labels: one of each a pair is needed");
  }
  for (size_t i = 0; i < labels_.size(); ++i) {
    if (labels_[i] == 0 || labels_[i] == 1) continue;
    fail(ErrorCode::invalid_argument, "BinaryClassificationEvaluator: label ", i, " is ", labels_[i],
         "; labels must be 1 (similar) or 0");
  }
}

EvaluationResult BinaryClassificationEvaluator::operator()(const SentenceTransformer& model,
                                                           const EncodeOptions& encode) const {
  const Embeddings embeddings1 = model.encode(sentences1_, encode);
  const Embeddings embeddings2 = model.encode(sentences2_, encode);
  const auto functions = functions_to_report(options_.similarity_functions, model);
  ResultBuilder result(options_.name, csv_file_name("binary_classification_evaluation", options_.name));
  std::vector<PairMetric> best;
  for (const SimilarityFunction function : functions) {
    const std::string prefix = std::string(to_string(function)) + "_";
    const std::vector<PairMetric> metrics =
        measure(pairwise_similarity(embeddings1, embeddings2, function), labels_, function);
    for (const PairMetric& metric : metrics)
      result.add(prefix + metric.name, metric.value, prefix + metric.name);
    if (best.empty()) best = metrics;
    for (size_t i = 0; i < best.size(); ++i)
      best[i].value = std::max(best[i].value, metrics[i].value);
    result.set_primary(prefix + "ap");
  }
  if (functions.size() > 1) {
    for (const PairMetric& metric : best)
      result.add(std::string("max_") + metric.name, metric.value);
    result.set_primary("max_ap");
  }
  return std::move(result).build();
}

std::unique_ptr<Evaluator> build_binary_classification(const EvaluationTask& task) {
  std::vector<std::string> sentences1, sentences2;
  std::vector<int> labels;
  for (InputExample& example : read_examples(task.data, task.table, {.texts = 2, .label = true})) {
    sentences1.push_back(std::move(example.texts[0]));
    sentences2.push_back(std::move(example.texts[1]));
    if (*example.label != 0 && *example.label != 1) {
      fail(ErrorCode::corrupt_data, task.data.string(), ": row ", labels.size() + 1, " has the label ", *example.label,
           "; labels must be 1 (similar) or 0");
    }
    labels.push_back(static_cast<int>(*example.label));
  }
  return std::make_unique<BinaryClassificationEvaluator>(
      std::move(sentences1), std::move(sentences2), std::move(labels),
      BinaryClassificationOptions{task.name, task.similarity_functions});
}

}  // namespace sbert::evaluation
