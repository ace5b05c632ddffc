#include <numeric>
#include <vector>

#include <sbert/losses.h>

#include "base/fail.h"
#include "losses/entries.h"
#include "losses/loss.h"
#include "tensor/ops/criterion.h"
#include "tensor/ops/linear.h"
#include "tensor/ops/rows.h"

namespace sbert::losses {
namespace {

class MultipleNegativesRanking : public LossFunction {
 public:
  explicit MultipleNegativesRanking(const MultipleNegativesRankingOptions& options) : options_(options) {
    if (!(options.scale > 0)) {
      fail(ErrorCode::invalid_argument, name(), ": scale must be positive, not ", options.scale);
    }
  }

  std::string name() const override { return kMultipleNegativesRanking.name; }
  OrderedJson config() const override { return {{"scale", options_.scale}, {"similarity_fct", "cos_sim"}}; }
  ColumnRule columns() const override { return {2, 64, ColumnRule::Label::none, kMultipleNegativesRanking.data}; }

  Var forward(Execution& run, const LossBatch& batch) const override {
    const Var anchors = normalize_rows(run, batch.embeddings[0]);
    const Var candidates = normalize_rows(run, concat_rows(run, batch.embeddings.subspan(1)));
    const Var scores = matmul_transposed(run, anchors, candidates);
    std::vector<int64_t> own_positive(static_cast<size_t>(anchors->rows()));
    std::iota(own_positive.begin(), own_positive.end(), int64_t{0});
    return cross_entropy(run, scores, own_positive, options_.scale);
  }

 private:
  MultipleNegativesRankingOptions options_;
};

}  // namespace

MultipleNegativesRankingLoss::MultipleNegativesRankingLoss(const SentenceTransformer&,
                                                           const MultipleNegativesRankingOptions& options)
    : Loss(std::make_shared<MultipleNegativesRanking>(options)) {}

const LossEntry kMultipleNegativesRanking{
    .name = "MultipleNegativesRankingLoss",
    .summary = "the positive is the most similar of all candidates of the batch",
    .data = "(anchor, positive) or (anchor, positive, negative, ...)",
    .citation = "oord2019representationlearningcontrastivepredictive",
    .make = [](OptionReader& options, const SentenceTransformer& model) -> Loss {
      MultipleNegativesRankingOptions parsed;
      options.read("scale", parsed.scale);
      return MultipleNegativesRankingLoss(model, parsed);
    },
};

}  // namespace sbert::losses
