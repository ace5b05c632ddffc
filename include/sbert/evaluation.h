#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <sbert/sentence_transformer.h>
#include <sbert/similarity.h>

namespace sbert::evaluation {

/// Metric name -> value, with the names of sentence-transformers ("pearson_cosine", "cosine_ndcg@10"), behind
/// "<name>_" if the evaluator has a name. `primary` is the one that tells which model is better; larger is always
/// better. A correlation with something constant is NaN.
struct EvaluationResult {
  std::map<std::string, double> metrics{};
  std::string primary{};

  /// What sentence-transformers writes into a CSV file: its name, and columns after "epoch" and "steps". One a file.
  struct Csv {
    std::string file{};
    std::vector<std::pair<std::string, double>> columns{};
  };
  std::vector<Csv> csv{};

  double primary_value() const { return metrics.at(primary); }
};

/// Appends a row to the CSV files of `result` in `directory`, which is created if need be; a new file gets a header.
/// As in Python, -1 stands for "after training" (epoch) and "at the end of the epoch" (steps).
/// THROWS: io.
void append_csv(const std::filesystem::path& directory, const EvaluationResult& result, double epoch = -1,
                int64_t steps = -1);

/// What reports and model cards call an evaluator.
struct EvaluatorDescription {
  std::string type{};  ///< Its class of sentence-transformers; empty: another.
  std::string task{};  ///< What it measures, such as "Semantic Similarity".
  std::string name{};  ///< Before each of its metrics.
};

/// Measures a model on data it holds. Thread safety: const, so many threads may measure at once.
class Evaluator {
 public:
  virtual ~Evaluator() = default;
  /// `encode` gives the precision, prompt and progress to encode with.
  virtual EvaluationResult operator()(const SentenceTransformer& model, const EncodeOptions& encode = {}) const = 0;
  /// Of itself, or of those it runs.
  virtual std::vector<EvaluatorDescription> describe() const { return {{.task = "Evaluation"}}; }
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
  std::vector<EvaluatorDescription> describe() const override {
    return {{"EmbeddingSimilarityEvaluator", "Semantic Similarity", options_.name}};
  }

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
  std::vector<EvaluatorDescription> describe() const override {
    return {{"InformationRetrievalEvaluator", "Information Retrieval", options_.name}};
  }

 private:
  std::vector<std::string> queries_;              ///< those with relevant documents, ordered by id
  std::vector<std::string> corpus_ids_, corpus_;  ///< ordered by id, so that a smaller index is a smaller id
  std::vector<std::set<std::string>> relevant_;   ///< ids for each of queries_
  InformationRetrievalOptions options_;
};

struct BinaryClassificationOptions {
  std::string name{};
  std::vector<SimilarityFunction> similarity_functions{};  ///< Empty: the model's own. Several: "max_<metric>" as well.
};

/// How well one threshold on the similarity tells similar pairs (label 1) from dissimilar ones (0): the best accuracy
/// and F1 over all thresholds (midpoints between neighbouring scores), precision and recall at the threshold of F1,
/// average precision, and Matthews' correlation at the threshold of F1. For distances the thresholds are distances.
/// Primary: <function>_ap, or max_ap.
class BinaryClassificationEvaluator : public Evaluator {
 public:
  /// THROWS: invalid_argument if the lengths differ, there are no pairs, or a label is neither 0 nor 1.
  BinaryClassificationEvaluator(std::vector<std::string> sentences1, std::vector<std::string> sentences2,
                                std::vector<int> labels, BinaryClassificationOptions options = {});
  EvaluationResult operator()(const SentenceTransformer& model, const EncodeOptions& encode = {}) const override;
  std::vector<EvaluatorDescription> describe() const override {
    return {{"BinaryClassificationEvaluator", "Binary Classification", options_.name}};
  }

 private:
  std::vector<std::string> sentences1_, sentences2_;
  std::vector<int> labels_;
  BinaryClassificationOptions options_;
};

struct TripletOptions {
  std::string name{};
  std::vector<SimilarityFunction> similarity_functions{};  ///< Empty: the model's own. Several: "max_accuracy" as well.
  std::map<SimilarityFunction, float> margins{};           ///< 0 for functions that are not in it
};

/// Part of the triplets with s(anchor, positive) > s(anchor, negative) + margin. Anchors are encoded as queries, the
/// others as documents (see InformationRetrievalOptions). Primary: <function>_accuracy, or max_accuracy.
class TripletEvaluator : public Evaluator {
 public:
  /// THROWS: invalid_argument if the lengths differ or there are no triplets.
  TripletEvaluator(std::vector<std::string> anchors, std::vector<std::string> positives,
                   std::vector<std::string> negatives, TripletOptions options = {});
  EvaluationResult operator()(const SentenceTransformer& model, const EncodeOptions& encode = {}) const override;
  std::vector<EvaluatorDescription> describe() const override {
    return {{"TripletEvaluator", "Triplet", options_.name}};
  }

 private:
  std::vector<std::string> anchors_, positives_, negatives_;
  TripletOptions options_;
};

/// A query with documents that answer it and documents that do not.
struct RerankingSample {
  std::string query;
  std::vector<std::string> positive;
  std::vector<std::string> negative;
};

struct RerankingOptions {
  std::string name{};
  size_t at_k = 10;
  SimilarityFunction similarity_function = SimilarityFunction::cosine;
};

/// Ranks the documents of each sample by similarity to its query: MAP (of the whole list), MRR@k and nDCG@k, ties as in
/// scikit-learn (average precision groups them, nDCG averages over their orders). Samples without a positive or without
/// a negative are left out. Primary: ndcg@k.
class RerankingEvaluator : public Evaluator {
 public:
  /// THROWS: invalid_argument if no sample has both kinds of documents, or at_k is 0.
  explicit RerankingEvaluator(std::vector<RerankingSample> samples, RerankingOptions options = {});
  EvaluationResult operator()(const SentenceTransformer& model, const EncodeOptions& encode = {}) const override;
  std::vector<EvaluatorDescription> describe() const override {
    return {{"RerankingEvaluator", "Reranking", options_.name}};
  }

 private:
  std::vector<RerankingSample> samples_;
  RerankingOptions options_;
};

struct ParaphraseMiningOptions {
  std::string name{};
  bool add_transitive_closure = false;  ///< Duplicates of duplicates are duplicates.
  size_t max_pairs = 500000;            ///< Pairs looked at, best first ...
  size_t top_k = 100;                   ///< ... among each sentence's nearest neighbours.
};

/// Mines the most similar pairs (cosine) of all sentences and compares them with the known duplicates: average
/// precision, and the best F1 with its precision, recall and threshold. Primary: average_precision.
class ParaphraseMiningEvaluator : public Evaluator {
 public:
  /// `duplicates`: pairs of ids; those with an id that is not in `sentences` do not count.
  /// THROWS: invalid_argument if there are less than two sentences.
  ParaphraseMiningEvaluator(std::map<std::string, std::string> sentences,
                            const std::vector<std::pair<std::string, std::string>>& duplicates,
                            ParaphraseMiningOptions options = {});
  EvaluationResult operator()(const SentenceTransformer& model, const EncodeOptions& encode = {}) const override;
  std::vector<EvaluatorDescription> describe() const override {
    return {{"ParaphraseMiningEvaluator", "Paraphrase Mining", options_.name}};
  }

 private:
  std::vector<std::string> sentences_;
  std::set<std::pair<size_t, size_t>> duplicates_;  ///< indices of sentences_, first < second
  ParaphraseMiningOptions options_;
};

struct TranslationOptions {
  std::string name{};
};

/// Part of the sentences whose nearest sentence (cosine) of the other language is their translation, or has equal text,
/// in both directions. Primary: mean_accuracy.
class TranslationEvaluator : public Evaluator {
 public:
  /// THROWS: invalid_argument if the lengths differ or there are no sentences.
  TranslationEvaluator(std::vector<std::string> source, std::vector<std::string> target,
                       TranslationOptions options = {});
  EvaluationResult operator()(const SentenceTransformer& model, const EncodeOptions& encode = {}) const override;
  std::vector<EvaluatorDescription> describe() const override {
    return {{"TranslationEvaluator", "Translation", options_.name}};
  }

 private:
  std::vector<std::string> source_, target_;
  TranslationOptions options_;
};

struct MSEOptions {
  std::string name{};
};

/// negative_mse = -100 mean (teacher(source) - student(target))^2 over all sentences and coordinates; how close a
/// distilled or multilingual student is to its teacher. Primary: negative_mse.
class MSEEvaluator : public Evaluator {
 public:
  /// Encodes `source` with `teacher` at once, with `encode`. THROWS: invalid_argument if the lengths differ or there
  /// are no sentences.
  MSEEvaluator(const std::vector<std::string>& source, std::vector<std::string> target,
               const SentenceTransformer& teacher, MSEOptions options = {}, const EncodeOptions& encode = {});
  /// THROWS: invalid_argument if the student's dimension is not the teacher's.
  EvaluationResult operator()(const SentenceTransformer& model, const EncodeOptions& encode = {}) const override;
  std::vector<EvaluatorDescription> describe() const override {
    return {{"MSEEvaluator", "Knowledge Distillation", options_.name}};
  }

 private:
  Embeddings teacher_embeddings_;
  std::vector<std::string> target_;
  MSEOptions options_;
};

/// Scores of each class [rows, classes], given the embeddings of each text column: what SoftmaxLoss's head computes.
using Classifier = std::function<Embeddings(const std::vector<Embeddings>& columns)>;

struct LabelAccuracyOptions {
  std::string name{};
};

/// Part of the examples whose class the classifier finds (the first of equal scores). Primary: accuracy.
class LabelAccuracyEvaluator : public Evaluator {
 public:
  /// `columns`: the texts of each column; `labels`: a class for each row.
  /// THROWS: invalid_argument if the lengths differ or there are no rows.
  LabelAccuracyEvaluator(std::vector<std::vector<std::string>> columns, std::vector<int> labels, Classifier classifier,
                         LabelAccuracyOptions options = {});
  EvaluationResult operator()(const SentenceTransformer& model, const EncodeOptions& encode = {}) const override;
  std::vector<EvaluatorDescription> describe() const override {
    return {{"LabelAccuracyEvaluator", "Label Accuracy", options_.name}};
  }

 private:
  std::vector<std::vector<std::string>> columns_;
  std::vector<int> labels_;
  Classifier classifier_;
  LabelAccuracyOptions options_;
};

/// Runs evaluators in turn. All their metrics, and as primary `sequential_score`: what `main_score` makes of their
/// primary values, by default the last one.
class SequentialEvaluator : public Evaluator {
 public:
  using MainScore = std::function<double(const std::vector<double>& primary_values)>;

  /// THROWS: invalid_argument if there are no evaluators.
  explicit SequentialEvaluator(std::vector<std::shared_ptr<const Evaluator>> evaluators, MainScore main_score = {});
  /// THROWS: invalid_argument if two evaluators report a metric of the same name (give them names).
  EvaluationResult operator()(const SentenceTransformer& model, const EncodeOptions& encode = {}) const override;
  std::vector<EvaluatorDescription> describe() const override;

 private:
  std::vector<std::shared_ptr<const Evaluator>> evaluators_;
  MainScore main_score_;
};

}  // namespace sbert::evaluation
