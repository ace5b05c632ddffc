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

class MarginMSE : public LossFunction {
 public:
  explicit MarginMSE(const MarginMSEOptions& options) : options_(options) {}

  std::string name() const override { return kMarginMSE.name; }
  OrderedJson config() const override {
    return {{"similarity_fct", name_of(kPairwiseSimilarities, options_.similarity_fct)}};
  }
  ColumnRule columns() const override { return {3, 64, ColumnRule::Label::vector, kMarginMSE.data}; }
  void check_shape(size_t inputs, size_t labels_per_row) const override {
    const size_t negatives = inputs - 2;
    if (labels_per_row == negatives || labels_per_row == negatives + 1) return;
    fail(ErrorCode::invalid_argument, name(), " takes, for ", negatives,
         negatives == 1 ? " negative, " : " negatives, ", negatives, " differences of a teacher's scores, or its ",
         negatives + 1, " scores; the data has ", labels_per_row, " labels a row");
  }

  Var forward(Execution& run, const LossBatch& batch) const override {
    const auto score = [&](size_t column) {
      return pairwise_similarity(run, batch.embeddings[0], batch.embeddings[column], options_.similarity_fct);
    };
    const Var positive = score(1);
    std::vector<Var> margins;
    for (size_t i = 2; i < batch.embeddings.size(); ++i)
      margins.push_back(subtract(run, positive, score(i)));
    return mean_squared_error(run, concat_columns(run, margins), gold_margins(batch, margins.size()));
  }

 private:
  static std::vector<float> gold_margins(const LossBatch& batch, size_t negatives) {
    std::vector<float> margins(batch.labels.begin(), batch.labels.end());
    const auto per_row = static_cast<size_t>(batch.labels_per_row());
    if (per_row == negatives) return margins;
    margins.clear();
    for (size_t row = 0; row < batch.labels.size(); row += per_row) {
      for (size_t i = 1; i < per_row; ++i)
        margins.push_back(batch.labels[row] - batch.labels[row + i]);
    }
    return margins;
  }

  MarginMSEOptions options_;
};

}  // namespace

MarginMSELoss::MarginMSELoss(const SentenceTransformer&, const MarginMSEOptions& options)
    : Loss(std::make_shared<MarginMSE>(options)) {}

constinit const LossEntry kMarginMSE{
    .name = "MarginMSELoss",
    .summary = "the gap between positive and negative becomes that of a teacher's scores",
    .data = "(query, positive, negative, ...), a teacher's scores or their differences",
    .citation = "hofstätter2021improving",
    .make = [](OptionReader& options, const SentenceTransformer& model) -> Loss {
      MarginMSEOptions parsed;
      options.read("similarity_fct", parsed.similarity_fct, kPairwiseSimilarities);
      return MarginMSELoss(model, parsed);
    },
};

}  // namespace sbert::losses
