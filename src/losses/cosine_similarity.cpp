#include <sbert/losses.h>

#include "losses/entries.h"
#include "losses/loss.h"
#include "losses/similarity.h"
#include "tensor/ops/criterion.h"

namespace sbert::losses {
namespace {

class CosineSimilarity : public LossFunction {
 public:
  std::string name() const override { return kCosineSimilarity.name; }
  OrderedJson config() const override { return {{"loss_fct", "torch.nn.modules.loss.MSELoss"}}; }
  ColumnRule columns() const override { return {2, 2, ColumnRule::Label::number, kCosineSimilarity.data, -1, 1}; }

  Var forward(Execution& run, const LossBatch& batch) const override {
    return mean_squared_error(run, torch_cosine(run, batch.embeddings[0], batch.embeddings[1]), batch.labels);
  }
};

}  // namespace

CosineSimilarityLoss::CosineSimilarityLoss(const SentenceTransformer&) : Loss(std::make_shared<CosineSimilarity>()) {}

constinit const LossEntry kCosineSimilarity{
    .name = "CosineSimilarityLoss",
    .summary = "the cosine of two texts becomes their score",
    .data = "(sentence_a, sentence_b), score",
    .citation = "reimers-2019-sentence-bert",
    .make = [](OptionReader&, const SentenceTransformer& model) -> Loss { return CosineSimilarityLoss(model); },
};

}  // namespace sbert::losses
