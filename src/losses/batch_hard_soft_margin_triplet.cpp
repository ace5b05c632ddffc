#include <algorithm>
#include <cmath>
#include <type_traits>

#include <sbert/losses.h>

#include "losses/batch_distances.h"
#include "losses/entries.h"
#include "losses/loss.h"
#include "tensor/ops/scalar_function.h"

namespace sbert::losses {
namespace {

class BatchHardSoftMarginTriplet : public LossFunction {
 public:
  explicit BatchHardSoftMarginTriplet(const BatchHardSoftMarginTripletOptions& options) : options_(options) {
    check_batch_distance(kBatchHardSoftMarginTriplet.name, options.distance_metric);
  }

  std::string name() const override { return kBatchHardSoftMarginTriplet.name; }
  OrderedJson config() const override {
    return {{"distance_metric", name_of(kBatchDistances, options_.distance_metric)}};
  }
  ColumnRule columns() const override {
    return {1, 1, ColumnRule::Label::class_number, kBatchHardSoftMarginTriplet.data};
  }
  bool learns_from_one_row(size_t /*inputs*/) const override { return false; }

  Var forward(Execution& run, const LossBatch& batch) const override {
    const Var distances = batch_distances(run, batch.embeddings[0], options_.distance_metric);
    return scalar_function(run, hardest_differences(run, distances, batch.labels), [&](const auto* x, auto* slope) {
      using T = std::remove_reference_t<decltype(*slope)>;
      const auto rows = static_cast<T>(batch.rows());
      T sum = 0;
      for (int64_t i = 0; i < batch.rows(); ++i) {
        sum += std::max<T>(x[i], 0) + std::log1p(std::exp(-std::abs(x[i])));
        slope[i] = 1 / (1 + std::exp(-x[i])) / rows;
      }
      return sum / rows;
    });
  }

 private:
  BatchHardSoftMarginTripletOptions options_;
};

}  // namespace

BatchHardSoftMarginTripletLoss::BatchHardSoftMarginTripletLoss(const SentenceTransformer&,
                                                               const BatchHardSoftMarginTripletOptions& options)
    : Loss(std::make_shared<BatchHardSoftMarginTriplet>(options)) {}

constinit const LossEntry kBatchHardSoftMarginTriplet{
    .name = "BatchHardSoftMarginTripletLoss",
    .summary = "BatchHardTripletLoss with a soft margin",
    .data = "sentence, class",
    .citation = "hermans2017defense",
    .make = [](OptionReader& options, const SentenceTransformer& model) -> Loss {
      BatchHardSoftMarginTripletOptions parsed;
      options.read("distance_metric", parsed.distance_metric, kBatchDistances);
      return BatchHardSoftMarginTripletLoss(model, parsed);
    },
};

}  // namespace sbert::losses
