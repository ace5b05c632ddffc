#include "evaluation/embedding_similarity.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "base/fail.h"
#include "data/examples.h"
#include "evaluation/builders.h"
#include "evaluation/correlation.h"
#include "evaluation/result.h"
#include "evaluation/similarity_functions.h"

namespace sbert::evaluation {

EvaluationResult embedding_similarity_metrics(const Embeddings& embeddings1, const Embeddings& embeddings2,
                                              std::span<const float> scores,
                                              std::span<const SimilarityFunction> functions) {
  const std::vector<double> gold(scores.begin(), scores.end());
  EvaluationResult result;
  double pearson_max = -std::numeric_limits<double>::infinity(), spearman_max = pearson_max;
  for (const SimilarityFunction function : functions) {
    const std::vector<float> similarities = pairwise_similarity(embeddings1, embeddings2, function);
    const std::vector<double> predicted(similarities.begin(), similarities.end());
    const std::string name(to_string(function));
    const double pearson_value = pearson(gold, predicted), spearman_value = spearman(gold, predicted);
    result.metrics["pearson_" + name] = pearson_value;
    result.metrics["spearman_" + name] = spearman_value;
    pearson_max = std::max(pearson_max, pearson_value);
    spearman_max = std::max(spearman_max, spearman_value);
    result.primary = "spearman_" + name;
  }
  if (functions.size() > 1) {
    result.metrics["pearson_max"] = pearson_max;
    result.metrics["spearman_max"] = spearman_max;
    result.primary = "spearman_max";
  }
  return result;
}

EmbeddingSimilarityEvaluator::EmbeddingSimilarityEvaluator(std::vector<std::string> sentences1,
                                                           std::vector<std::string> sentences2,
                                                           std::vector<float> scores,
                                                           EmbeddingSimilarityOptions options)
    : sentences1_(std::move(sentences1)),
      sentences2_(std::move(sentences2)),
      scores_(std::move(scores)),
      options_(std::move(options)) {
  if (sentences1_.size() != sentences2_.size() || sentences1_.size() != scores_.size()) {
    fail(ErrorCode::invalid_argument, "EmbeddingSimilarityEvaluator: ", sentences1_.size(), " and ", sentences2_.size(),
         " sentences with ", scores_.size(), " scores: one of each a pair is needed");
  }
  if (scores_.size() < 2) {
    fail(ErrorCode::invalid_argument, "EmbeddingSimilarityEvaluator: a correlation needs at least 2 pairs, not ",
         scores_.size());
  }
}

EvaluationResult EmbeddingSimilarityEvaluator::operator()(const SentenceTransformer& model,
                                                          const EncodeOptions& encode) const {
  const Embeddings embeddings1 = model.encode(sentences1_, encode);
  const Embeddings embeddings2 = model.encode(sentences2_, encode);
  const auto functions = functions_to_report(options_.similarity_functions, model);
  return with_name(embedding_similarity_metrics(embeddings1, embeddings2, scores_, functions), options_.name);
}

std::unique_ptr<Evaluator> build_embedding_similarity(const EvaluationTask& task) {
  std::vector<std::string> sentences1, sentences2;
  std::vector<float> scores;
  for (InputExample& example : read_examples(task.data, task.table, {.texts = 2, .label = true})) {
    sentences1.push_back(std::move(example.texts[0]));
    sentences2.push_back(std::move(example.texts[1]));
    scores.push_back(*example.label);
  }
  return std::make_unique<EmbeddingSimilarityEvaluator>(
      std::move(sentences1), std::move(sentences2), std::move(scores),
      EmbeddingSimilarityOptions{task.name, task.similarity_functions});
}

}  // namespace sbert::evaluation
