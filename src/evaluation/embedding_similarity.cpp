#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include <sbert/evaluation.h>

#include "base/fail.h"
#include "data/examples.h"
#include "evaluation/builders.h"
#include "evaluation/correlation.h"
#include "evaluation/result_builder.h"
#include "evaluation/similarity_functions.h"

namespace sbert::evaluation {

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
  const std::vector<double> gold(scores_.begin(), scores_.end());
  ResultBuilder result(options_.name, csv_file_name("similarity_evaluation", options_.name));
  double pearson_max = -std::numeric_limits<double>::infinity(), spearman_max = pearson_max;
  for (const SimilarityFunction function : functions) {
    const std::vector<float> similarities = pairwise_similarity(embeddings1, embeddings2, function);
    const std::vector<double> predicted(similarities.begin(), similarities.end());
    const std::string name(to_string(function));
    const double pearson_value = pearson(gold, predicted), spearman_value = spearman(gold, predicted);
    result.add("pearson_" + name, pearson_value, name + "_pearson");
    result.add("spearman_" + name, spearman_value, name + "_spearman");
    result.set_primary("spearman_" + name);
    pearson_max = std::max(pearson_max, pearson_value);
    spearman_max = std::max(spearman_max, spearman_value);
  }
  if (functions.size() > 1) {
    result.add("pearson_max", pearson_max);
    result.add("spearman_max", spearman_max);
    result.set_primary("spearman_max");
  }
  return std::move(result).build();
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
