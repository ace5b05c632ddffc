#include <algorithm>
#include <type_traits>

#include <sbert/losses.h>

#include "losses/batch_distances.h"
#include "losses/entries.h"
#include "losses/loss.h"
#include "tensor/ops/scalar_function.h"

namespace sbert::losses {
namespace {

class BatchAllTriplet : public LossFunction {
 public:
  explicit BatchAllTriplet(const BatchTripletOptions& options) : options_(options) {
    check_batch_distance(kBatchAllTriplet.name, options.distance_metric);
  }

  std::string name() const override { return kBatchAllTriplet.name; }
  OrderedJson config() const override {
    return {{"distance_metric", name_of(kBatchDistances, options_.distance_metric)}, {"margin", options_.margin}};
  }
  ColumnRule columns() const override { return {1, 1, ColumnRule::Label::class_number, kBatchAllTriplet.data}; }

  Var forward(Execution& run, const LossBatch& batch) const override {
    const Var distances = batch_distances(run, batch.embeddings[0], options_.distance_metric);
    const auto rows = static_cast<size_t>(batch.rows());
    const std::span<const float> classes = batch.labels;
    return scalar_function(run, distances, [&](const auto* distance, auto* slope) {
      using T = std::remove_reference_t<decltype(*slope)>;
      const auto margin = static_cast<T>(options_.margin);
      T sum = 0;
      size_t violations = 0;
      for (size_t i = 0; i < rows; ++i) {
        const T* from_anchor = distance + i * rows;
        for (size_t j = 0; j < rows; ++j) {
          if (j == i || classes[j] != classes[i]) continue;
          for (size_t k = 0; k < rows; ++k) {
            const T violation = from_anchor[j] - from_anchor[k] + margin;
            if (classes[k] == classes[i] || violation <= 0) continue;
            sum += violation;
            ++violations;
            slope[i * rows + j] += 1;
            slope[i * rows + k] -= 1;
          }
        }
      }
      if (violations == 0) return T{0};
      const auto divisor = static_cast<T>(violations);
      std::transform(slope, slope + rows * rows, slope, [divisor](T value) { return value / divisor; });
      return sum / divisor;
    });
  }

 private:
  BatchTripletOptions options_;
};

}  // namespace

BatchAllTripletLoss::BatchAllTripletLoss(const SentenceTransformer&, const BatchTripletOptions& options)
    : Loss(std::make_shared<BatchAllTriplet>(options)) {}

constinit const LossEntry kBatchAllTriplet{
    .name = "BatchAllTripletLoss",
    .summary = "TripletLoss over all triplets of the batch that violate the margin",
    .data = "sentence, class",
    .citation = "hermans2017defense",
    .make = [](OptionReader& options, const SentenceTransformer& model) -> Loss {
      BatchTripletOptions parsed;
      options.read("distance_metric", parsed.distance_metric, kBatchDistances);
      options.read("margin", parsed.margin);
      return BatchAllTripletLoss(model, parsed);
    },
};

}  // namespace sbert::losses
