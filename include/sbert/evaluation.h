#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <sbert/sentence_transformer.h>
#include <sbert/similarity.h>

namespace sbert::evaluation {

/// Metric name -> value, with the names of sentence-transformers ("pearson_cosine", "cosine_ndcg@10"). `primary` is the
/// one that tells which model is better; larger is always better.
struct EvaluationResult {
  std::map<std::string, double> metrics;
  std::string primary;

  double primary_value() const { return metrics.at(primary); }
};

/// Measures a model on data it holds. const operator() may run from one thread at a time per evaluator.
class Evaluator {
 public:
  virtual ~Evaluator() = default;
  /// `encode` gives the precision, prompt and progress to encode with.
  virtual EvaluationResult operator()(const SentenceTransformer& model, const EncodeOptions& encode = {}) const = 0;
};

struct EmbeddingSimilarityOptions {
  /// Functions to report; empty: the model's own. With more than one, `pearson_max` and `spearman_max` are added.
  std::vector<SimilarityFunction> similarity_functions{};
};

/// Pearson and Spearman correlation of similarities with gold scores; sentence-transformers' class of this name.
class EmbeddingSimilarityEvaluator : public Evaluator {
 public:
  /// THROWS: invalid_argument if the lengths differ or are below 2.
  EmbeddingSimilarityEvaluator(std::vector<std::string> sentences1, std::vector<std::string> sentences2,
                               std::vector<float> scores, EmbeddingSimilarityOptions options = {});
  EvaluationResult operator()(const SentenceTransformer& model, const EncodeOptions& encode = {}) const override;

 private:
  std::vector<std::string> sentences1_, sentences2_;
  std::vector<float> scores_;
  EmbeddingSimilarityOptions options_;
};

struct InformationRetrievalOptions {
  std::vector<size_t> accuracy_at_k{1, 3, 5, 10};
  std::vector<size_t> precision_recall_at_k{1, 3, 5, 10};
  std::vector<size_t> mrr_at_k{10};
  std::vector<size_t> ndcg_at_k{10};
  std::vector<size_t> map_at_k{100};
  std::vector<SimilarityFunction> similarity_functions{};  ///< Empty: the model's own.
};

/// Retrieval of `relevant` documents for each query among `corpus`: accuracy, precision, recall, MRR, nDCG, MAP at k.
/// Binary relevance; ties broken by (-score, document id) as sentence-transformers does; queries without relevant
/// documents are left out.
class InformationRetrievalEvaluator : public Evaluator {
 public:
  InformationRetrievalEvaluator(std::map<std::string, std::string> queries, std::map<std::string, std::string> corpus,
                                std::map<std::string, std::set<std::string>> relevant,
                                InformationRetrievalOptions options = {});
  EvaluationResult operator()(const SentenceTransformer& model, const EncodeOptions& encode = {}) const override;

 private:
  std::map<std::string, std::string> queries_, corpus_;
  std::map<std::string, std::set<std::string>> relevant_;
  InformationRetrievalOptions options_;
};

}  // namespace sbert::evaluation
