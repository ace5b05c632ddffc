#include <cstddef>
#include <type_traits>

#include <sbert/losses.h>

#include "losses/batch_distances.h"
#include "losses/batch_triplet.h"
#include "losses/entries.h"
#include "tensor/ops/scalar_function.h"

namespace sbert::losses {
namespace {

class BatchAllTriplet : public BatchTripletFunction {
 public:
  explicit BatchAllTriplet(const BatchTripletOptions& options) : BatchTripletFunction(kBatchAllTriplet, options) {}

  Var forward(Execution& run, const LossBatch& batch) const override {
    const Var distances = batch_distances(run, batch.embeddings[0], options_.distance_metric);
    const auto rows = static_cast<size_t>(batch.rows());
    const std::span<const float> classes = batch.labels;
    return scalar_function(run, distances, [&](const auto* distance, auto* slope) {
      using T = std::remove_reference_t<decltype(*slope)>;
      TripletMean<T> mean(distance, slope, rows, options_.margin);
      size_t violations = 0;
      for (size_t i = 0; i < rows; ++i) {
        for (size_t j = 0; j < rows; ++j) {
          if (j == i || classes[j] != classes[i]) continue;
          for (size_t k = 0; k < rows; ++k) {
            if (classes[k] != classes[i] && mean.add(i, j, k)) ++violations;
          }
        }
      }
      return mean.finish(violations);
    });
  }
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
      return BatchAllTripletLoss(model, read_batch_triplet_options(options));
    },
};

}  // namespace sbert::losses
