#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <sbert/sentence_transformer.h>
#include <sbert/similarity.h>

namespace sbert::evaluation {

/// Metric name -> value, with the names of sentence-transformers ("pearson_cosine", "cosine_ndcg@10"), behind
/// "<name>_" if the evaluator has a name. `primary` is the one that tells which model is better; larger is always
/// better. A correlation with something constant is NaN.
struct EvaluationResult {
  std::map<std::string, double> metrics;
  std::string primary;

  double primary_value() const { return metrics.at(primary); }
};

/// Measures a model on data it holds. Thread safety: const, so many threads may measure at once.
class Evaluator {
 public:
  virtual ~Evaluator() = default;
  /// `encode` gives the precision, prompt and progress to encode with.
  virtual EvaluationResult operator()(const SentenceTransformer& model, const EncodeOptions& encode = {}) const = 0;
};

struct EmbeddingSimilarityOptions {
  std::string name{};
  /// Functions to report; empty: the model's own. With more than one, `pearson_max` and `spearman_max` are added.
  std::vector<SimilarityFunction> similarity_functions{};
};

/// Pearson and Spearman correlation of similarities with gold scores; sentence-transformers' class of this name.
/// Primary: spearman_<function>, or spearman_max.
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
  std::string name{};
  std::vector<size_t> accuracy_at_k{1, 3, 5, 10};
  std::vector<size_t> precision_recall_at_k{1, 3, 5, 10};
  std::vector<size_t> mrr_at_k{10};
  std::vector<size_t> ndcg_at_k{10};
  std::vector<size_t> map_at_k{100};
  std::vector<SimilarityFunction> similarity_functions{};  ///< Empty: the model's own.
  /// Put before the texts; win over the prompts of the call. Without any, the model's prompts "query" and "document"
  /// ("passage", "corpus") if it has them, as encode_query and encode_document do in Python.
  std::optional<std::string> query_prompt{}, query_prompt_name{};
  std::optional<std::string> corpus_prompt{}, corpus_prompt_name{};
  size_t corpus_chunk_size = 50000;  ///< Documents whose embeddings are in memory at once.
};

/// Retrieval of `relevant` documents for each query among `corpus`: accuracy, precision, recall, MRR, nDCG, MAP at k.
/// Binary relevance; ties broken by (-score, document id) as sentence-transformers does; queries without relevant
/// documents are left out. Primary: <function>_ndcg@<largest k>, of the best function.
class InformationRetrievalEvaluator : public Evaluator {
 public:
  /// THROWS: invalid_argument if no query has a relevant document, the corpus is empty, or a k is 0.
  InformationRetrievalEvaluator(std::map<std::string, std::string> queries, std::map<std::string, std::string> corpus,
                                std::map<std::string, std::set<std::string>> relevant,
                                InformationRetrievalOptions options = {});
  EvaluationResult operator()(const SentenceTransformer& model, const EncodeOptions& encode = {}) const override;

 private:
  std::vector<std::string> queries_;              ///< those with relevant documents, ordered by id
  std::vector<std::string> corpus_ids_, corpus_;  ///< ordered by id, so that a smaller index is a smaller id
  std::vector<std::set<std::string>> relevant_;   ///< ids for each of queries_
  InformationRetrievalOptions options_;
};

}  // namespace sbert::evaluation
