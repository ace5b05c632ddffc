#include <algorithm>
#include <memory>
#include <numeric>

#include <sbert/evaluation.h>

#include "base/fail.h"
#include "data/cell.h"
#include "evaluation/builders.h"
#include "evaluation/ranking_metrics.h"
#include "evaluation/result_builder.h"
#include "evaluation/scored_metrics.h"

namespace sbert::evaluation {

namespace {

Embeddings rows(const Embeddings& all, size_t begin, size_t count) {
  const float* from = all.data() + begin * all.dimension();
  return {count, all.dimension(), std::vector<float>(from, from + count * all.dimension())};
}

/// 1 / rank of the first relevant document among the first k, equal scores in the order given.
double reciprocal_rank(std::span<const float> scores, std::span<const int> relevant, size_t k) {
  std::vector<size_t> order(scores.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return scores[a] > scores[b]; });
  Ranking ranking{{}, 1};
  for (const size_t document : order)
    ranking.relevant.push_back(relevant[document] == 1);
  return reciprocal_rank_at(ranking, k);
}

}  // namespace

RerankingEvaluator::RerankingEvaluator(std::vector<RerankingSample> samples, RerankingOptions options)
    : samples_(std::move(samples)), options_(std::move(options)) {
  std::erase_if(samples_, [](const RerankingSample& s) { return s.positive.empty() || s.negative.empty(); });
  if (samples_.empty()) {
    fail(ErrorCode::invalid_argument, "RerankingEvaluator: no sample has both a positive and a negative document");
  }
  if (options_.at_k == 0) fail(ErrorCode::invalid_argument, "RerankingEvaluator: at_k must be at least 1");
}

EvaluationResult RerankingEvaluator::operator()(const SentenceTransformer& model, const EncodeOptions& encode) const {
  std::vector<std::string> queries, documents;
  for (const RerankingSample& sample : samples_) {
    queries.push_back(sample.query);
    documents.insert(documents.end(), sample.positive.begin(), sample.positive.end());
    documents.insert(documents.end(), sample.negative.begin(), sample.negative.end());
  }
  const Embeddings query_embeddings = model.encode_query(queries, encode);
  const Embeddings document_embeddings = model.encode_document(documents, encode);

  double map = 0, mrr = 0, ndcg = 0;
  for (size_t i = 0, first = 0; i < samples_.size(); ++i) {
    const size_t positives = samples_[i].positive.size(), count = positives + samples_[i].negative.size();
    const Embeddings scores =
        similarity(rows(query_embeddings, i, 1), rows(document_embeddings, first, count), options_.similarity_function);
    std::vector<int> relevant(count, 0);
    std::fill_n(relevant.begin(), positives, 1);
    map += average_precision(scores[0], relevant);
    mrr += reciprocal_rank(scores[0], relevant, options_.at_k);
    ndcg += tie_averaged_ndcg(scores[0], relevant, options_.at_k);
    first += count;
  }

  const auto samples = static_cast<double>(samples_.size());
  const std::string at_k = concat("@", options_.at_k);
  const std::string middle = options_.name.empty() ? "" : "_" + options_.name;
  ResultBuilder result(options_.name, "RerankingEvaluator" + middle + "_results_" + at_k + ".csv");
  result.add("map", map / samples, "MAP");
  result.add("mrr" + at_k, mrr / samples, "MRR" + at_k);
  result.add("ndcg" + at_k, ndcg / samples, "NDCG" + at_k);
  result.set_primary("ndcg" + at_k);
  return std::move(result).build();
}

std::unique_ptr<Evaluator> build_reranking(const EvaluationTask& task) {
  TableReader table(task.data, task.table);
  const std::vector<Column>& columns = table.columns();
  if (columns.size() != 3) {
    fail(ErrorCode::invalid_argument, table.name(), ": the evaluation task 'rerank' takes three columns (query, ",
         "relevant documents, others), not ", columns.size(), "; choose them with --columns");
  }
  for (const Column& column : columns) {
    if (!is_label(column.role)) continue;
    fail(ErrorCode::invalid_argument, table.name(), ": the evaluation task 'rerank' takes texts, and '", column.role,
         "' is a label; choose the columns with --columns");
  }
  std::vector<RerankingSample> samples;
  std::vector<Value> row;
  while (table.next(row)) {
    const auto texts = [&](size_t i) { return take_texts(std::move(row[i]), columns[i].role, table.where()); };
    samples.push_back({take_text(std::move(row[0]), columns[0].role, table.where()), texts(1), texts(2)});
  }
  RerankingOptions options;
  options.name = task.name;
  if (task.similarity_functions.size() > 1) {
    fail(ErrorCode::invalid_argument, "the evaluation task 'rerank' takes one similarity function");
  }
  if (!task.similarity_functions.empty()) options.similarity_function = task.similarity_functions.front();
  return std::make_unique<RerankingEvaluator>(std::move(samples), std::move(options));
}

}  // namespace sbert::evaluation
