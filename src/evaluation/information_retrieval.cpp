#include "evaluation/information_retrieval.h"

#include <algorithm>
#include <array>
#include <span>

#include <sbert/search.h>

#include "base/fail.h"
#include "data/retrieval_data.h"
#include "evaluation/builders.h"
#include "evaluation/result.h"
#include "evaluation/similarity_functions.h"

namespace sbert::evaluation {

namespace {

using Hits = std::vector<std::vector<SearchHit>>;  // for each query, best first

/// `options` with the prompt of one side: what the evaluator was given, else what the call was given, else the first
/// of the model's prompts with a conventional name.
EncodeOptions prompted(EncodeOptions encode, const std::optional<std::string>& prompt,
                       const std::optional<std::string>& prompt_name, std::span<const char* const> conventional,
                       const SentenceTransformer& model) {
  if (prompt || prompt_name) {
    encode.prompt = prompt;
    encode.prompt_name = prompt_name;
    return encode;
  }
  if (encode.prompt || encode.prompt_name) return encode;
  for (const char* name : conventional) {
    if (model.prompts().count(name) == 0) continue;
    encode.prompt_name = name;
    break;
  }
  return encode;
}

/// Keeps the `depth` best of the hits so far and those in a later chunk of the corpus that starts at `offset`.
void merge(Hits& best, const Hits& chunk, size_t offset, size_t depth) {
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

template <class Metric>
double average(const std::vector<Ranking>& rankings, Metric&& metric) {
  double sum = 0;
  for (const Ranking& ranking : rankings)
    sum += metric(ranking);
  return sum / static_cast<double>(rankings.size());
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

}  // namespace

size_t deepest_rank(const InformationRetrievalOptions& options) {
  size_t deepest = 0;
  for (const auto* ks : {&options.accuracy_at_k, &options.precision_recall_at_k, &options.mrr_at_k, &options.ndcg_at_k,
                         &options.map_at_k}) {
    for (const size_t k : *ks)
      deepest = std::max(deepest, k);
  }
  return deepest;
}

void add_retrieval_metrics(const std::vector<Ranking>& rankings, const InformationRetrievalOptions& options,
                           SimilarityFunction function, EvaluationResult& result) {
  const std::string prefix = std::string(to_string(function)) + "_";
  const auto add = [&](const char* name, const std::vector<size_t>& ks, auto* metric) {
    for (const size_t k : ks) {
      result.metrics[prefix + name + "@" + std::to_string(k)] =
          average(rankings, [&](const Ranking& ranking) { return metric(ranking, k); });
    }
  };
  add("accuracy", options.accuracy_at_k, accuracy_at);
  add("precision", options.precision_recall_at_k, precision_at);
  add("recall", options.precision_recall_at_k, recall_at);
  add("mrr", options.mrr_at_k, reciprocal_rank_at);
  add("ndcg", options.ndcg_at_k, ndcg_at);
  add("map", options.map_at_k, average_precision_at);

  const size_t largest = *std::max_element(options.ndcg_at_k.begin(), options.ndcg_at_k.end());
  const std::string primary = prefix + "ndcg@" + std::to_string(largest);
  if (result.primary.empty() || result.metrics[primary] > result.primary_value()) result.primary = primary;
}

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
  constexpr std::array kQueryPrompts{"query"};
  constexpr std::array kCorpusPrompts{"document", "passage", "corpus"};
  const EncodeOptions encode_query =
      prompted(encode, options_.query_prompt, options_.query_prompt_name, kQueryPrompts, model);
  const EncodeOptions encode_document =
      prompted(encode, options_.corpus_prompt, options_.corpus_prompt_name, kCorpusPrompts, model);

  const auto functions = functions_to_report(options_.similarity_functions, model);
  const size_t depth = deepest_rank(options_);
  const Embeddings queries = model.encode(queries_, encode_query);
  std::vector<Hits> best(functions.size(), Hits(queries_.size()));
  for (size_t begin = 0; begin < corpus_.size(); begin += options_.corpus_chunk_size) {
    const size_t count = std::min(options_.corpus_chunk_size, corpus_.size() - begin);
    const Embeddings chunk = model.encode(std::span(corpus_).subspan(begin, count), encode_document);
    for (size_t i = 0; i < functions.size(); ++i) {
      merge(best[i], semantic_search(queries, chunk, depth, functions[i]), begin, depth);
    }
  }

  EvaluationResult result;
  for (size_t i = 0; i < functions.size(); ++i) {
    std::vector<Ranking> rankings(queries_.size());
    for (size_t query = 0; query < rankings.size(); ++query) {
      rankings[query].relevant_total = relevant_[query].size();
      for (const SearchHit& hit : best[i][query]) {
        rankings[query].relevant.push_back(relevant_[query].count(corpus_ids_[hit.corpus_index]) > 0);
      }
    }
    add_retrieval_metrics(rankings, options_, functions[i], result);
  }
  return with_name(std::move(result), options_.name);
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
