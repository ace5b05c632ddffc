#include <type_traits>

#include <sbert/losses.h>

#include "losses/batch_distances.h"
#include "losses/entries.h"
#include "losses/loss.h"
#include "tensor/ops/scalar_function.h"

namespace sbert::losses {
namespace {

class BatchHardTriplet : public LossFunction {
 public:
  explicit BatchHardTriplet(const BatchTripletOptions& options) : options_(options) {
    check_batch_distance(kBatchHardTriplet.name, options.distance_metric);
  }

  std::string name() const override { return kBatchHardTriplet.name; }
  OrderedJson config() const override {
    return {{"distance_metric", name_of(kBatchDistances, options_.distance_metric)}, {"margin", options_.margin}};
  }
  ColumnRule columns() const override { return {1, 1, ColumnRule::Label::class_number, kBatchHardTriplet.data}; }

  Var forward(Execution& run, const LossBatch& batch) const override {
    const Var distances = batch_distances(run, batch.embeddings[0], options_.distance_metric);
    return scalar_function(run, hardest_differences(run, distances, batch.labels), [&](const auto* x, auto* slope) {
      using T = std::remove_reference_t<decltype(*slope)>;
      const auto rows = static_cast<T>(batch.rows());
      T sum = 0;
      for (int64_t i = 0; i < batch.rows(); ++i) {
        const T violation = x[i] + static_cast<T>(options_.margin);
        if (violation <= 0) continue;
        sum += violation;
        slope[i] = 1 / rows;
      }
      return sum / rows;
    });
  }

 private:
  BatchTripletOptions options_;
};

}  // namespace

BatchHardTripletLoss::BatchHardTripletLoss(const SentenceTransformer&, const BatchTripletOptions& options)
    : Loss(std::make_shared<BatchHardTriplet>(options)) {}

constinit const LossEntry kBatchHardTriplet{
    .name = "BatchHardTripletLoss",
    .summary = "texts of a class come together: TripletLoss with the hardest positive and negative of the batch",
    .data = "sentence, class",
    .citation = "hermans2017defense",
    .make = [](OptionReader& options, const SentenceTransformer& model) -> Loss {
      BatchTripletOptions parsed;
      options.read("distance_metric", parsed.distance_metric, kBatchDistances);
      options.read("margin", parsed.margin);
      return BatchHardTripletLoss(model, parsed);
    },
};

}  // namespace sbert::losses
