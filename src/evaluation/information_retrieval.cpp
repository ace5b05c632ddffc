#include <algorithm>
#include <span>

#include <sbert/evaluation.h>
#include <sbert/search.h>

#include "base/fail.h"
#include "data/retrieval_data.h"
#include "evaluation/builders.h"
#include "evaluation/ranking_metrics.h"
#include "evaluation/result_builder.h"
#include "evaluation/similarity_functions.h"

namespace sbert::evaluation {

namespace {

using Hits = std::vector<std::vector<SearchHit>>;  // for each query, best first

/// The call's options with the evaluator's own prompt, if it was given one.
EncodeOptions prompted(EncodeOptions encode, const std::optional<std::string>& prompt,
                       const std::optional<std::string>& prompt_name) {
  if (!prompt && !prompt_name) return encode;
  encode.prompt = prompt;
  encode.prompt_name = prompt_name;
  return encode;
}

/// Keeps the `depth` best of the hits so far and those in a later chunk of the corpus that starts at `offset`.
void merge_hits(Hits& best, const Hits& chunk, size_t offset, size_t depth) {
  for (size_t query = 0; query < best.size(); ++query) {
    std::vector<SearchHit>& hits = best[query];
    for (const SearchHit& hit : chunk[query])
      hits.push_back({hit.corpus_index + offset, hit.score});
    // Stable: earlier chunks have the smaller ids.
    std::stable_sort(hits.begin(), hits.end(),
                     [](const SearchHit& a, const SearchHit& b) { return a.score > b.score; });
    if (hits.size() > depth) hits.resize(depth);
  }
}

void check(const InformationRetrievalOptions& options) {
  for (const auto* ks : {&options.accuracy_at_k, &options.precision_recall_at_k, &options.mrr_at_k, &options.ndcg_at_k,
                         &options.map_at_k}) {
    if (std::find(ks->begin(), ks->end(), 0) != ks->end()) {
      fail(ErrorCode::invalid_argument, "InformationRetrievalEvaluator: every k must be at least 1");
    }
  }
  if (options.ndcg_at_k.empty()) {
    fail(ErrorCode::invalid_argument,
         "InformationRetrievalEvaluator: ndcg_at_k may not be empty, the primary metric "
         "is nDCG at its largest k");
  }
  if (options.corpus_chunk_size == 0) {
    fail(ErrorCode::invalid_argument, "InformationRetrievalEvaluator: corpus_chunk_size must be at least 1");
  }
}

/// The deepest rank that any of the metrics looks at.
size_t deepest_rank(const InformationRetrievalOptions& options) {
  size_t deepest = 0;
  for (const auto* ks : {&options.accuracy_at_k, &options.precision_recall_at_k, &options.mrr_at_k, &options.ndcg_at_k,
                         &options.map_at_k}) {
    for (const size_t k : *ks)
      deepest = std::max(deepest, k);
  }
  return deepest;
}

/// Which of the documents found for each query are relevant.
std::vector<Ranking> rank(const Hits& hits, const std::vector<std::string>& corpus_ids,
                          const std::vector<std::set<std::string>>& relevant) {
  std::vector<Ranking> rankings(hits.size());
  for (size_t query = 0; query < rankings.size(); ++query) {
    rankings[query].relevant_total = relevant[query].size();
    for (const SearchHit& hit : hits[query]) {
      rankings[query].relevant.push_back(relevant[query].count(corpus_ids[hit.corpus_index]) > 0);
    }
  }
  return rankings;
}

using RankingMetric = double (*)(const Ranking&, size_t);

/// Averages over all queries of one similarity function: "cosine_accuracy@1" (in CSV "cosine-Accuracy@1"), ...
class MetricTable {
 public:
  MetricTable(const std::vector<Ranking>& rankings, SimilarityFunction function, ResultBuilder& result)
      : rankings_(rankings), function_(to_string(function)), result_(result) {}

  void add(const char* name, const char* csv_name, size_t k, RankingMetric metric) {
    double sum = 0;
    for (const Ranking& ranking : rankings_)
      sum += metric(ranking, k);
    const std::string at_k = concat("@", k);
    result_.add(function_ + "_" + name + at_k, sum / static_cast<double>(rankings_.size()),
                function_ + "-" + csv_name + at_k);
  }

 private:
  const std::vector<Ranking>& rankings_;
  std::string function_;
  ResultBuilder& result_;
};

void add_retrieval_metrics(const std::vector<Ranking>& rankings, const InformationRetrievalOptions& options,
                           SimilarityFunction function, ResultBuilder& result) {
  MetricTable table(rankings, function, result);
  for (const size_t k : options.accuracy_at_k)
    table.add("accuracy", "Accuracy", k, accuracy_at);
  for (const size_t k : options.precision_recall_at_k) {
    table.add("precision", "Precision", k, precision_at);
    table.add("recall", "Recall", k, recall_at);
  }
  for (const size_t k : options.mrr_at_k)
    table.add("mrr", "MRR", k, reciprocal_rank_at);
  for (const size_t k : options.ndcg_at_k)
    table.add("ndcg", "NDCG", k, ndcg_at);
  for (const size_t k : options.map_at_k)
    table.add("map", "MAP", k, average_precision_at);
}

}  // namespace

InformationRetrievalEvaluator::InformationRetrievalEvaluator(std::map<std::string, std::string> queries,
                                                             std::map<std::string, std::string> corpus,
                                                             std::map<std::string, std::set<std::string>> relevant,
                                                             InformationRetrievalOptions options)
    : options_(std::move(options)) {
  check(options_);
  for (auto& [id, text] : queries) {
    const auto found = relevant.find(id);
    if (found == relevant.end() || found->second.empty()) continue;
    queries_.push_back(std::move(text));
    relevant_.push_back(std::move(found->second));
  }
  for (auto& [id, text] : corpus) {
    corpus_ids_.push_back(id);
    corpus_.push_back(std::move(text));
  }
  if (queries_.empty()) {
    fail(ErrorCode::invalid_argument, "InformationRetrievalEvaluator: none of the ", queries.size(),
         " queries has a relevant document; check that the ids of queries and relevance judgements agree");
  }
  if (corpus_.empty()) fail(ErrorCode::invalid_argument, "InformationRetrievalEvaluator: the corpus is empty");
}

EvaluationResult InformationRetrievalEvaluator::operator()(const SentenceTransformer& model,
                                                           const EncodeOptions& encode) const {
  const EncodeOptions of_queries = prompted(encode, options_.query_prompt, options_.query_prompt_name);
  const EncodeOptions of_corpus = prompted(encode, options_.corpus_prompt, options_.corpus_prompt_name);
  const auto functions = functions_to_report(options_.similarity_functions, model);
  const size_t depth = deepest_rank(options_);
  const Embeddings queries = model.encode_query(queries_, of_queries);
  std::vector<Hits> best(functions.size(), Hits(queries_.size()));
  for (size_t begin = 0; begin < corpus_.size(); begin += options_.corpus_chunk_size) {
    const size_t count = std::min(options_.corpus_chunk_size, corpus_.size() - begin);
    const Embeddings chunk = model.encode_document(std::span(corpus_).subspan(begin, count), of_corpus);
    for (size_t i = 0; i < functions.size(); ++i) {
      merge_hits(best[i], semantic_search(queries, chunk, depth, functions[i]), begin, depth);
    }
  }

  ResultBuilder result(options_.name, csv_file_name("Information-Retrieval_evaluation", options_.name));
  const std::string primary =
      "_ndcg@" + std::to_string(*std::max_element(options_.ndcg_at_k.begin(), options_.ndcg_at_k.end()));
  double best_primary = -1;
  for (size_t i = 0; i < functions.size(); ++i) {
    add_retrieval_metrics(rank(best[i], corpus_ids_, relevant_), options_, functions[i], result);
    const std::string metric = std::string(to_string(functions[i])) + primary;
    if (result.get(metric) <= best_primary) continue;
    best_primary = result.get(metric);
    result.set_primary(metric);
  }
  return std::move(result).build();
}

std::unique_ptr<Evaluator> build_information_retrieval(const EvaluationTask& task) {
  RetrievalData data = std::filesystem::is_directory(task.data)
                           ? read_beir(task.data, task.split)
                           : read_retrieval_pairs(task.data, task.table, task.corpus);
  InformationRetrievalOptions options;
  options.name = task.name;
  options.similarity_functions = task.similarity_functions;
  return std::make_unique<InformationRetrievalEvaluator>(std::move(data.queries), std::move(data.corpus),
                                                         std::move(data.relevant), std::move(options));
}

}  // namespace sbert::evaluation
