#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <vector>

#include <sbert/losses.h>

#include "base/fail.h"
#include "losses/entries.h"
#include "losses/loss.h"
#include "losses/similarity.h"
#include "tensor/ops/criterion.h"
#include "tensor/ops/elementwise.h"
#include "tensor/ops/rows.h"

namespace sbert::losses {
namespace {

constexpr const char* kRankingData = "(anchor, positive) or (anchor, positive, negative, ...)";

using Direction = MultipleNegativesRankingOptions::Direction;
using Partition = MultipleNegativesRankingOptions::Partition;
using Hardness = MultipleNegativesRankingOptions::Hardness;

constexpr std::array<Choice<Direction>, 4> kDirectionNames{{
    {"query_to_doc", Direction::query_to_doc},
    {"query_to_query", Direction::query_to_query},
    {"doc_to_query", Direction::doc_to_query},
    {"doc_to_doc", Direction::doc_to_doc},
}};
constexpr Choices<Direction> kDirections{kDirectionNames};

constexpr std::array<Choice<Partition>, 2> kPartitionNames{
    {{"joint", Partition::joint}, {"per_direction", Partition::per_direction}}};
constexpr Choices<Partition> kPartitions{kPartitionNames};

constexpr std::array<Choice<Hardness>, 3> kHardnessNames{{
    {"in_batch_negatives", Hardness::in_batch_negatives},
    {"hard_negatives", Hardness::hard_negatives},
    {"all_negatives", Hardness::all_negatives},
}};
constexpr Choices<Hardness> kHardnessModes{kHardnessNames};

/// MultipleNegativesRankingLoss and its other names.
class MultipleNegativesRanking : public LossFunction {
 public:
  MultipleNegativesRanking(const LossEntry& entry, const MultipleNegativesRankingOptions& options)
      : entry_(entry), options_(options) {
    if (!(options.scale > 0)) {
      fail(ErrorCode::invalid_argument, name(), ": scale must be positive, not ", options.scale);
    }
    if (!(options.hardness_strength >= 0)) {
      fail(ErrorCode::invalid_argument, name(), ": hardness_strength must be 0 or more, not ",
           options.hardness_strength);
    }
    if (!has(Direction::query_to_doc)) {
      fail(ErrorCode::invalid_argument, name(), ": directions must have query_to_doc, where the positive is");
    }
    const bool same_kind = has(Direction::query_to_query) || has(Direction::doc_to_doc);
    if (options.partition_mode == Partition::per_direction && same_kind) {
      fail(ErrorCode::invalid_argument, name(),
           ": query_to_query and doc_to_doc hold no positive, so "
           "they need partition_mode joint");
    }
  }

  std::string name() const override { return entry_.name; }
  OrderedJson config() const override {
    OrderedJson config{{"scale", options_.scale}, {"similarity_fct", name_of(kSimilarities, options_.similarity_fct)}};
    if (&entry_ == &kMultipleNegativesSymmetricRanking || &entry_ == &kCachedMultipleNegativesSymmetricRanking) {
      return config;
    }
    for (const Direction direction : options_.directions)
      config["directions"].push_back(name_of(kDirections, direction));
    config["partition_mode"] = name_of(kPartitions, options_.partition_mode);
    config["hardness_mode"] =
        options_.hardness_mode ? OrderedJson(name_of(kHardnessModes, *options_.hardness_mode)) : OrderedJson();
    config["hardness_strength"] = options_.hardness_strength;
    return config;
  }
  ColumnRule columns() const override { return {2, 64, ColumnRule::Label::none, entry_.data}; }
  bool learns_from_one_row(size_t inputs) const override { return inputs > 2; }

  Var forward(Execution& run, const LossBatch& batch) const override {
    const bool cosine = options_.similarity_fct == SimilarityFunction::cosine;
    const auto prepared = [&](const Var& x) { return cosine ? normalize_rows(run, x) : x; };
    const auto similarity = [&](const Var& x, const Var& y) {
      return similarity_matrix(run, x, y, cosine ? SimilarityFunction::dot : options_.similarity_fct);
    };
    const Var queries = prepared(batch.embeddings[0]);
    const Var docs = prepared(concat_rows(run, batch.embeddings.subspan(1)));
    std::vector<Var> scores{add_hardness(run, similarity(queries, docs))};
    if (has(Direction::query_to_query)) scores.push_back(without_own(run, similarity(queries, queries)));
    const Var positives = options_.directions.size() > 1 ? slice_rows(run, docs, 0, batch.rows()) : docs;
    if (has(Direction::doc_to_query)) scores.push_back(similarity(positives, queries));
    if (has(Direction::doc_to_doc)) scores.push_back(without_own(run, similarity(positives, docs)));

    std::vector<int64_t> own_positive(static_cast<size_t>(batch.rows()));
    std::iota(own_positive.begin(), own_positive.end(), int64_t{0});
    if (scores.size() == 1) return cross_entropy(run, scores[0], own_positive, options_.scale);
    if (options_.partition_mode == Partition::joint) {
      return cross_entropy(run, concat_columns(run, scores), own_positive, options_.scale);
    }
    // Each direction has the positive in the same place.
    std::vector<Var> terms;
    for (const Var& direction : scores)
      terms.push_back(cross_entropy(run, direction, own_positive, options_.scale));
    const std::vector<double> weights(terms.size(), 1.0 / static_cast<double>(terms.size()));
    return weighted_sum(run, terms, weights);
  }

 private:
  bool has(Direction direction) const {
    const auto& all = options_.directions;
    return std::find(all.begin(), all.end(), direction) != all.end();
  }

  /// Nothing is compared with itself, nor with its query's other documents.
  static Var without_own(Execution& run, const Var& scores) {
    const Tensor mask = Tensor::zeros(scores->rows(), scores->cols(), scores->value.dtype());
    with_scalar(mask.dtype(), [&](auto zero) {
      using T = decltype(zero);
      for (int64_t i = 0; i < mask.rows(); ++i) {
        for (int64_t j = i; j < mask.cols(); j += mask.rows())
          mask.row<T>(i)[j] = -std::numeric_limits<T>::infinity();
      }
    });
    return add_constant(run, scores, mask);
  }

  /// Negatives count more the more similar they are: their logit grows by strength * similarity, as a constant.
  Var add_hardness(Execution& run, const Var& scores) const {
    if (!options_.hardness_mode || options_.hardness_strength == 0) return scores;
    const Tensor penalty = Tensor::zeros(scores->rows(), scores->cols(), scores->value.dtype());
    with_scalar(penalty.dtype(), [&](auto zero) {
      using T = decltype(zero);
      const auto strength = static_cast<T>(options_.hardness_strength / options_.scale);
      for (int64_t i = 0; i < penalty.rows(); ++i) {
        for (int64_t j = 0; j < penalty.cols(); ++j) {
          if (is_hard(i, j, penalty.rows())) penalty.row<T>(i)[j] = strength * scores->value.row<T>(i)[j];
        }
      }
    });
    return add_constant(run, scores, penalty);
  }

  bool is_hard(int64_t query, int64_t doc, int64_t rows) const {
    const bool own = doc % rows == query;
    switch (*options_.hardness_mode) {
      case Hardness::in_batch_negatives:
        return !own;
      case Hardness::hard_negatives:
        return own && doc >= rows;
      case Hardness::all_negatives:
        return doc != query;
    }
    return false;
  }

  const LossEntry& entry_;
  MultipleNegativesRankingOptions options_;
};

MultipleNegativesRankingOptions symmetric(const MultipleNegativesSymmetricRankingOptions& options) {
  return {.scale = options.scale,
          .similarity_fct = options.similarity_fct,
          .directions = {Direction::query_to_doc, Direction::doc_to_query},
          .partition_mode = Partition::per_direction};
}

MultipleNegativesRankingOptions read_options(OptionReader& options) {
  MultipleNegativesRankingOptions parsed;
  options.read("scale", parsed.scale);
  options.read("similarity_fct", parsed.similarity_fct, kSimilarities);
  options.read("directions", parsed.directions, kDirections);
  options.read("partition_mode", parsed.partition_mode, kPartitions);
  std::vector<Hardness> mode;
  options.read("hardness_mode", mode, kHardnessModes);
  if (!mode.empty()) parsed.hardness_mode = mode.front();
  options.read("hardness_strength", parsed.hardness_strength);
  return parsed;
}

MultipleNegativesSymmetricRankingOptions read_symmetric_options(OptionReader& options) {
  MultipleNegativesSymmetricRankingOptions parsed;
  options.read("scale", parsed.scale);
  options.read("similarity_fct", parsed.similarity_fct, kSimilarities);
  return parsed;
}

}  // namespace

MultipleNegativesRankingLoss::MultipleNegativesRankingLoss(const SentenceTransformer&,
                                                           const MultipleNegativesRankingOptions& options)
    : Loss(std::make_shared<MultipleNegativesRanking>(kMultipleNegativesRanking, options)) {}

MultipleNegativesSymmetricRankingLoss::MultipleNegativesSymmetricRankingLoss(
    const SentenceTransformer&, const MultipleNegativesSymmetricRankingOptions& options)
    : Loss(std::make_shared<MultipleNegativesRanking>(kMultipleNegativesSymmetricRanking, symmetric(options))) {}

constinit const LossEntry kMultipleNegativesRanking{
    .name = "MultipleNegativesRankingLoss",
    .summary = "the positive is the most similar of all candidates of the batch",
    .data = kRankingData,
    .citation = "oord2019representationlearningcontrastivepredictive",
    .make = [](OptionReader& options, const SentenceTransformer& model) -> Loss {
      return MultipleNegativesRankingLoss(model, read_options(options));
    },
};

constinit const LossEntry kCachedMultipleNegativesRanking{
    .name = "CachedMultipleNegativesRankingLoss",
    .summary = "another name of MultipleNegativesRankingLoss: every loss is computed in pieces where memory is short",
    .data = kRankingData,
    .citation = "gao2021scaling",
    .make = [](OptionReader& options, const SentenceTransformer&) -> Loss {
      const MultipleNegativesRankingOptions parsed = read_options(options);
      options.ignore({"mini_batch_size", "mini_batch_num_tokens", "show_progress_bar"});
      return Loss(std::make_shared<MultipleNegativesRanking>(kCachedMultipleNegativesRanking, parsed));
    },
};

constinit const LossEntry kMultipleNegativesSymmetricRanking{
    .name = "MultipleNegativesSymmetricRankingLoss",
    .summary = "MultipleNegativesRankingLoss from anchors to positives and back",
    .data = kRankingData,
    .citation = "",
    .make = [](OptionReader& options, const SentenceTransformer& model) -> Loss {
      return MultipleNegativesSymmetricRankingLoss(model, read_symmetric_options(options));
    },
};

constinit const LossEntry kCachedMultipleNegativesSymmetricRanking{
    .name = "CachedMultipleNegativesSymmetricRankingLoss",
    .summary = "another name of MultipleNegativesSymmetricRankingLoss",
    .data = kRankingData,
    .citation = "",
    .make = [](OptionReader& options, const SentenceTransformer&) -> Loss {
      const MultipleNegativesRankingOptions parsed = symmetric(read_symmetric_options(options));
      options.ignore({"mini_batch_size", "mini_batch_num_tokens", "show_progress_bar"});
      return Loss(std::make_shared<MultipleNegativesRanking>(kCachedMultipleNegativesSymmetricRanking, parsed));
    },
};

}  // namespace sbert::losses
