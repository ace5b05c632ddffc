#include <algorithm>
#include <limits>
#include <type_traits>

#include <sbert/losses.h>

#include "losses/batch_distances.h"
#include "losses/entries.h"
#include "losses/loss.h"
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

class BatchSemiHardTriplet : public LossFunction {
 public:
  explicit BatchSemiHardTriplet(const BatchTripletOptions& options) : options_(options) {
    check_batch_distance(kBatchSemiHardTriplet.name, options.distance_metric);
  }

  std::string name() const override { return kBatchSemiHardTriplet.name; }
  OrderedJson config() const override {
    return {{"distance_metric", name_of(kBatchDistances, options_.distance_metric)}, {"margin", options_.margin}};
  }
  ColumnRule columns() const override { return {1, 1, ColumnRule::Label::class_number, kBatchSemiHardTriplet.data}; }

  Var forward(Execution& run, const LossBatch& batch) const override {
    const Var distances = batch_distances(run, batch.embeddings[0], options_.distance_metric);
    const auto rows = static_cast<size_t>(batch.rows());
    const std::span<const float> classes = batch.labels;
    return scalar_function(run, distances, [&](const auto* distance, auto* slope) {
      using T = std::remove_reference_t<decltype(*slope)>;
      T sum = 0;
      size_t positives = 0;
      for (size_t i = 0; i < rows; ++i) {
        const T* from_anchor = distance + i * rows;
        for (size_t j = 0; j < rows; ++j) {
          if (j == i || classes[j] != classes[i]) continue;
          ++positives;
          const size_t k = semi_hard(from_anchor, from_anchor[j], i, classes);
          const T violation = from_anchor[j] - from_anchor[k] + static_cast<T>(options_.margin);
          if (violation <= 0) continue;
          sum += violation;
          slope[i * rows + j] += 1;
          slope[i * rows + k] -= 1;
        }
      }
      if (positives == 0) return T{0};
      const auto divisor = static_cast<T>(positives);
      std::transform(slope, slope + rows * rows, slope, [divisor](T value) { return value / divisor; });
      return sum / divisor;
    });
  }

 private:
  BatchTripletOptions options_;
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
      BatchTripletOptions parsed;
      options.read("distance_metric", parsed.distance_metric, kBatchDistances);
      options.read("margin", parsed.margin);
      return BatchSemiHardTripletLoss(model, parsed);
    },
};

}  // namespace sbert::losses
