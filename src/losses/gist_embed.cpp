#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include <sbert/losses.h>
#include <sbert/sentence_transformer.h>

#include "base/fail.h"
#include "losses/entries.h"
#include "losses/loss.h"
#include "losses/similarity.h"
#include "tensor/ops/criterion.h"
#include "tensor/ops/elementwise.h"
#include "tensor/ops/linear.h"
#include "tensor/ops/rows.h"

namespace sbert::losses {
namespace {

constexpr const char* kGistData = "(anchor, positive) or (anchor, positive, negative, ...)";

using Strategy = GISTEmbedOptions::MarginStrategy;

constexpr std::array<Choice<Strategy>, 2> kStrategyNames{
    {{"absolute", Strategy::absolute}, {"relative", Strategy::relative}}};
constexpr Choices<Strategy> kStrategies{kStrategyNames};

/// GISTEmbedLoss and CachedGISTEmbedLoss.
class GISTEmbed : public LossFunction {
 public:
  GISTEmbed(const LossEntry& entry, SentenceTransformer guide, std::string guide_name, const GISTEmbedOptions& options)
      : entry_(entry), guide_(std::move(guide)), guide_name_(std::move(guide_name)), options_(options) {
    if (!(options.temperature > 0)) {
      fail(ErrorCode::invalid_argument, name(), ": temperature must be positive, not ", options.temperature);
    }
  }

  std::string name() const override { return entry_.name; }
  OrderedJson config() const override {
    return {{"guide", guide_name_},
            {"temperature", options_.temperature},
            {"margin_strategy", name_of(kStrategies, options_.margin_strategy)},
            {"margin", options_.margin},
            {"contrast_anchors", options_.contrast_anchors},
            {"contrast_positives", options_.contrast_positives}};
  }
  ColumnRule columns() const override { return {2, 64, ColumnRule::Label::none, entry_.data}; }
  bool learns_from_one_row(size_t inputs) const override { return inputs > 2; }
  const SentenceTransformer* guide() const override { return &guide_; }

  Var forward(Execution& run, const LossBatch& batch) const override {
    std::vector<Var> own, guides;
    for (size_t i = 0; i < batch.embeddings.size(); ++i) {
      own.push_back(normalize_rows(run, batch.embeddings[i], kTorchCosineEpsilon));
      Execution only_values;
      guides.push_back(normalize_rows(only_values, make_variable(batch.guide[i]), kTorchCosineEpsilon));
    }
    const Tensor positives = cosines(guides[0], guides[1]);
    std::vector<Var> scores;
    const auto add = [&](size_t from, size_t to) {
      const Var similarity = matmul_transposed(run, own[from], own[to]);
      const bool keep_own = from == 0 && to == 1;
      scores.push_back(add_constant(
          run, similarity, false_negatives(cosines(guides[from], guides[to]), positives, keep_own, similarity)));
    };
    add(0, 1);
    if (options_.contrast_anchors) add(0, 0);
    if (options_.contrast_positives) add(1, 1);
    for (size_t negative = 2; negative < own.size(); ++negative)
      add(0, negative);

    std::vector<int64_t> own_positive(static_cast<size_t>(batch.rows()));
    std::iota(own_positive.begin(), own_positive.end(), int64_t{0});
    return cross_entropy(run, concat_columns(run, scores), own_positive, 1 / options_.temperature);
  }

 private:
  static Tensor cosines(const Var& a, const Var& b) {
    Execution only_values;
    return matmul_transposed(only_values, a, b)->value;
  }

  /// -infinity where the guide finds a candidate more similar than the positive, less the margin: it may be one itself.
  Tensor false_negatives(const Tensor& guided, const Tensor& positives, bool keep_own, const Var& scores) const {
    const Tensor mask = Tensor::zeros(scores->rows(), scores->cols(), scores->value.dtype());
    for (int64_t i = 0; i < mask.rows(); ++i) {
      const float positive = positives.row<float>(i)[i];
      const double margin =
          options_.margin_strategy == Strategy::absolute ? options_.margin : std::abs(positive) * options_.margin;
      const auto limit = static_cast<float>(positive - margin);
      for (int64_t j = 0; j < mask.cols(); ++j) {
        if ((keep_own && j == i) || guided.row<float>(i)[j] <= limit) continue;
        with_scalar(mask.dtype(), [&](auto zero) {
          using T = decltype(zero);
          mask.row<T>(i)[j] = -std::numeric_limits<T>::infinity();
        });
      }
    }
    return mask;
  }

  const LossEntry& entry_;
  SentenceTransformer guide_;
  std::string guide_name_;
  GISTEmbedOptions options_;
};

Loss make_gist(const LossEntry& entry, OptionReader& options) {
  GISTEmbedOptions parsed;
  std::string guide;
  options.read("guide", guide);
  options.read("temperature", parsed.temperature);
  options.read("margin_strategy", parsed.margin_strategy, kStrategies);
  options.read("margin", parsed.margin);
  options.read("contrast_anchors", parsed.contrast_anchors);
  options.read("contrast_positives", parsed.contrast_positives);
  if (guide.empty()) {
    fail(ErrorCode::invalid_argument, entry.name,
         " needs a guide: a model, such as guide=all-MiniLM-L6-v2, that says "
         "which candidates may be right, too");
  }
  return Loss(std::make_shared<GISTEmbed>(entry, SentenceTransformer(guide), guide, parsed));
}

}  // namespace

GISTEmbedLoss::GISTEmbedLoss(const SentenceTransformer&, const SentenceTransformer& guide,
                             const GISTEmbedOptions& options)
    : Loss(std::make_shared<GISTEmbed>(kGISTEmbed, guide, "", options)) {}

constinit const LossEntry kGISTEmbed{
    .name = "GISTEmbedLoss",
    .summary = "MultipleNegativesRankingLoss without the negatives that a guiding model takes for positives",
    .data = kGistData,
    .citation = "solatorio2024gistembed",
    .make = [](OptionReader& options, const SentenceTransformer&) { return make_gist(kGISTEmbed, options); },
};

constinit const LossEntry kCachedGISTEmbed{
    .name = "CachedGISTEmbedLoss",
    .summary = "another name of GISTEmbedLoss: every loss is computed in pieces where memory is short",
    .data = kGistData,
    .citation = "solatorio2024gistembed",
    .make =
        [](OptionReader& options, const SentenceTransformer&) {
          options.ignore({"mini_batch_size", "mini_batch_num_tokens", "show_progress_bar"});
          return make_gist(kCachedGISTEmbed, options);
        },
};

}  // namespace sbert::losses
