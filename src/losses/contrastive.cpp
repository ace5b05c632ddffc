#include <algorithm>
#include <type_traits>

#include <sbert/losses.h>

#include "losses/distances.h"
#include "losses/entries.h"
#include "losses/loss.h"
#include "tensor/ops/scalar_function.h"

namespace sbert::losses {
namespace {

class Contrastive : public LossFunction {
 public:
  explicit Contrastive(const ContrastiveOptions& options) : options_(options) {}

  std::string name() const override { return kContrastive.name; }
  OrderedJson config() const override {
    return {{"distance_metric", name_of(kSiameseDistances.names, options_.distance_metric)},
            {"margin", options_.margin},
            {"size_average", options_.size_average}};
  }
  ColumnRule columns() const override { return {2, 2, ColumnRule::Label::binary, kContrastive.data}; }

  Var forward(Execution& run, const LossBatch& batch) const override {
    const Var distances =
        row_distances(run, batch.embeddings[0], batch.embeddings[1], options_.distance_metric, kSiameseDistances);
    return scalar_function(run, distances, [&](const auto* distance, auto* slope) {
      using T = std::remove_reference_t<decltype(*slope)>;
      const T divisor = options_.size_average ? static_cast<T>(batch.labels.size()) : 1;
      T sum = 0;
      for (size_t i = 0; i < batch.labels.size(); ++i) {
        const auto similar = static_cast<T>(batch.labels[i]);
        const T lacking = std::max<T>(static_cast<T>(options_.margin) - distance[i], 0);
        sum += (similar * distance[i] * distance[i] + (1 - similar) * lacking * lacking) / 2;
        slope[i] = (similar * distance[i] - (1 - similar) * lacking) / divisor;
      }
      return sum / divisor;
    });
  }

 private:
  ContrastiveOptions options_;
};

}  // namespace

ContrastiveLoss::ContrastiveLoss(const SentenceTransformer&, const ContrastiveOptions& options)
    : Loss(std::make_shared<Contrastive>(options)) {}

constinit const LossEntry kContrastive{
    .name = "ContrastiveLoss",
    .summary = "similar texts come together, others at least a margin apart",
    .data = "(sentence_a, sentence_b), label 1 if similar else 0",
    .citation = "hadsell2006dimensionality",
    .make = [](OptionReader& options, const SentenceTransformer& model) -> Loss {
      ContrastiveOptions parsed;
      options.read("distance_metric", parsed.distance_metric, kSiameseDistances.names);
      options.read("margin", parsed.margin);
      options.read("size_average", parsed.size_average);
      return ContrastiveLoss(model, parsed);
    },
};

}  // namespace sbert::losses
