#include <type_traits>

#include <sbert/losses.h>

#include "losses/batch_distances.h"
#include "losses/batch_triplet.h"
#include "losses/entries.h"
#include "tensor/ops/scalar_function.h"

namespace sbert::losses {
namespace {

class BatchHardTriplet : public BatchTripletFunction {
 public:
  explicit BatchHardTriplet(const BatchTripletOptions& options) : BatchTripletFunction(kBatchHardTriplet, options) {}

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
      return BatchHardTripletLoss(model, read_batch_triplet_options(options));
    },
};

}  // namespace sbert::losses
