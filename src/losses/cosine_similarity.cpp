#include <sbert/losses.h>

#include "losses/loss.h"
#include "tensor/ops/criterion.h"
#include "tensor/ops/rows.h"

namespace sbert::losses {
namespace {

/// torch.cosine_similarity's lower bound of a length.
constexpr double kEpsilon = 1e-8;

class CosineSimilarity : public LossFunction {
 public:
  std::string name() const override { return "CosineSimilarityLoss"; }
  OrderedJson config() const override { return {{"loss_fct", "torch.nn.modules.loss.MSELoss"}}; }
  ColumnRule columns() const override {
    return {2, 2, ColumnRule::Label::number, "(sentence_a, sentence_b), score", -1, 1};
  }

  Var forward(Execution& run, const LossBatch& batch) const override {
    const Var cosine = row_dots(run, normalize_rows(run, batch.embeddings[0], kEpsilon),
                                normalize_rows(run, batch.embeddings[1], kEpsilon));
    return mean_squared_error(run, cosine, batch.labels);
  }
};

}  // namespace

CosineSimilarityLoss::CosineSimilarityLoss(const SentenceTransformer&) : Loss(std::make_shared<CosineSimilarity>()) {}

}  // namespace sbert::losses
