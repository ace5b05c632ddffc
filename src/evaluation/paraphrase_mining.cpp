#include <algorithm>
#include <memory>
#include <tuple>

#include <sbert/evaluation.h>
#include <sbert/search.h>

#include "base/fail.h"
#include "data/duplicate_pairs.h"
#include "evaluation/builders.h"
#include "evaluation/duplicates.h"
#include "evaluation/result_builder.h"

namespace sbert::evaluation {

namespace {

constexpr size_t kQueryRows = 1024;

bool better(const MinedPair& a, const MinedPair& b) {
  if (a.score != b.score) return a.score > b.score;
  return std::tie(a.first, a.second) < std::tie(b.first, b.second);
}

/// Best first, each pair once. A pair found from both of its ends may have two scores that differ in the last bit; the
/// better one stays.
void keep_best(std::vector<MinedPair>& pairs, size_t count) {
  std::sort(pairs.begin(), pairs.end(), [](const MinedPair& a, const MinedPair& b) {
    return std::tie(a.first, a.second, b.score) < std::tie(b.first, b.second, a.score);
  });
  const auto same = [](const MinedPair& a, const MinedPair& b) { return a.first == b.first && a.second == b.second; };
  pairs.erase(std::unique(pairs.begin(), pairs.end(), same), pairs.end());
  std::sort(pairs.begin(), pairs.end(), better);
  if (pairs.size() > count) pairs.resize(count);
}

/// The `max_pairs` most similar pairs of which one is among the `top_k` nearest neighbours of the other.
std::vector<MinedPair> mine(const Embeddings& embeddings, size_t top_k, size_t max_pairs) {
  std::vector<MinedPair> pairs;
  const size_t dimension = embeddings.dimension();
  for (size_t begin = 0; begin < embeddings.rows(); begin += kQueryRows) {
    const size_t count = std::min(kQueryRows, embeddings.rows() - begin);
    const float* from = embeddings.data() + begin * dimension;
    const Embeddings queries(count, dimension, std::vector<float>(from, from + count * dimension));
    const auto hits = semantic_search(queries, embeddings, top_k + 1);
    for (size_t i = 0; i < count; ++i) {
      const size_t row = begin + i;
      size_t taken = 0;
      for (const SearchHit& hit : hits[i]) {
        if (hit.corpus_index == row) continue;
        if (++taken > top_k) break;
        const auto& [first, second] = std::minmax(row, hit.corpus_index);
        pairs.push_back({hit.score, first, second});
      }
    }
    if (pairs.size() > 4 * max_pairs) keep_best(pairs, max_pairs);
  }
  keep_best(pairs, max_pairs);
  return pairs;
}

struct Scores {
  double average_precision = 0, f1 = 0, precision = 0, recall = 0, threshold = 0;
};

/// Walks down the pairs; pairs of equal score stand or fall together.
Scores compare(const std::vector<MinedPair>& pairs, const PairSet& duplicates) {
  Scores best;
  const auto total = static_cast<double>(duplicates.size());
  double correct = 0, previous = 0;
  for (size_t i = 0; i < pairs.size(); ++i) {
    correct += duplicates.count({pairs[i].first, pairs[i].second}) > 0;
    if (i + 1 < pairs.size() && pairs[i + 1].score == pairs[i].score) continue;
    if (correct > previous) {
      const double precision = correct / static_cast<double>(i + 1), recall = correct / total;
      const double f1 = 2 * precision * recall / (precision + recall);
      best.average_precision += precision * (correct - previous) / total;
      if (f1 > best.f1) {
        const double next = pairs[std::min(i + 1, pairs.size() - 1)].score;
        best = {best.average_precision, f1, precision, recall, (pairs[i].score + next) / 2};
      }
    }
    previous = correct;
  }
  return best;
}

}  // namespace

ParaphraseMiningEvaluator::ParaphraseMiningEvaluator(std::map<std::string, std::string> sentences,
                                                     const std::vector<std::pair<std::string, std::string>>& duplicates,
                                                     ParaphraseMiningOptions options)
    : options_(std::move(options)) {
  if (sentences.size() < 2) {
    fail(ErrorCode::invalid_argument, "ParaphraseMiningEvaluator: at least two sentences are needed, not ",
         sentences.size());
  }
  std::map<std::string, size_t> index;
  for (auto& [id, text] : sentences) {
    index.emplace(id, sentences_.size());
    sentences_.push_back(std::move(text));
  }
  for (const auto& [id1, id2] : duplicates) {
    const auto found1 = index.find(id1), found2 = index.find(id2);
    if (found1 == index.end() || found2 == index.end() || id1 == id2) continue;
    duplicates_.insert(std::minmax(found1->second, found2->second));
  }
  if (options_.add_transitive_closure) duplicates_ = transitive_closure(duplicates_, sentences_.size());
}

EvaluationResult ParaphraseMiningEvaluator::operator()(const SentenceTransformer& model,
                                                       const EncodeOptions& encode) const {
  const Embeddings embeddings = model.encode(sentences_, encode);
  const Scores scores = compare(mine(embeddings, options_.top_k, options_.max_pairs), duplicates_);
  ResultBuilder result(options_.name, csv_file_name("paraphrase_mining_evaluation", options_.name));
  result.add("precision", scores.precision, "precision");
  result.add("recall", scores.recall, "recall");
  result.add("f1", scores.f1, "f1");
  result.add("threshold", scores.threshold, "threshold");
  result.add("average_precision", scores.average_precision, "average_precision");
  result.set_primary("average_precision");
  return std::move(result).build();
}

std::unique_ptr<Evaluator> build_paraphrase_mining(const EvaluationTask& task) {
  DuplicatePairs data = read_duplicate_pairs(task.data, task.table);
  return std::make_unique<ParaphraseMiningEvaluator>(std::move(data.sentences), data.duplicates,
                                                     ParaphraseMiningOptions{.name = task.name});
}

}  // namespace sbert::evaluation
