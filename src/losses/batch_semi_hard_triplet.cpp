#include <cstddef>
#include <limits>
#include <type_traits>

#include <sbert/losses.h>

#include "losses/batch_distances.h"
#include "losses/batch_triplet.h"
#include "losses/entries.h"
#include "tensor/ops/scalar_function.h"

namespace sbert::losses {
namespace {

/// The nearest text of another class that is farther from the anchor than its positive; if there is none, the farthest
/// of other classes; if there is no other class, the nearest text.
template <class T>
size_t semi_hard(const T* distance, T positive, size_t anchor, std::span<const float> classes) {
  constexpr size_t kNone = std::numeric_limits<size_t>::max();
  size_t beyond = kNone, farthest = kNone, nearest = 0;
  for (size_t k = 0; k < classes.size(); ++k) {
    if (distance[k] < distance[nearest]) nearest = k;
    if (classes[k] == classes[anchor]) continue;
    if (farthest == kNone || distance[k] > distance[farthest]) farthest = k;
    if (distance[k] > positive && (beyond == kNone || distance[k] < distance[beyond])) beyond = k;
  }
  return beyond != kNone ? beyond : farthest != kNone ? farthest : nearest;
}

class BatchSemiHardTriplet : public BatchTripletFunction {
 public:
  explicit BatchSemiHardTriplet(const BatchTripletOptions& options)
      : BatchTripletFunction(kBatchSemiHardTriplet, options) {}

  Var forward(Execution& run, const LossBatch& batch) const override {
    const Var distances = batch_distances(run, batch.embeddings[0], options_.distance_metric);
    const auto rows = static_cast<size_t>(batch.rows());
    const std::span<const float> classes = batch.labels;
    return scalar_function(run, distances, [&](const auto* distance, auto* slope) {
      using T = std::remove_reference_t<decltype(*slope)>;
      TripletMean<T> mean(distance, slope, rows, options_.margin);
      size_t positives = 0;
      for (size_t i = 0; i < rows; ++i) {
        const T* from_anchor = distance + i * rows;
        for (size_t j = 0; j < rows; ++j) {
          if (j == i || classes[j] != classes[i]) continue;
          ++positives;
          mean.add(i, j, semi_hard(from_anchor, from_anchor[j], i, classes));
        }
      }
      return mean.finish(positives);
    });
  }
};

}  // namespace

BatchSemiHardTripletLoss::BatchSemiHardTripletLoss(const SentenceTransformer&, const BatchTripletOptions& options)
    : Loss(std::make_shared<BatchSemiHardTriplet>(options)) {}

constinit const LossEntry kBatchSemiHardTriplet{
    .name = "BatchSemiHardTripletLoss",
    .summary = "TripletLoss with the nearest negatives that are farther than the positive",
    .data = "sentence, class",
    .citation = "hermans2017defense",
    .make = [](OptionReader& options, const SentenceTransformer& model) -> Loss {
      return BatchSemiHardTripletLoss(model, read_batch_triplet_options(options));
    },
};

}  // namespace sbert::losses
