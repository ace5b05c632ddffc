#include <algorithm>
#include <type_traits>

#include <sbert/losses.h>

#include "losses/distances.h"
#include "losses/entries.h"
#include "losses/loss.h"
#include "tensor/ops/scalar_function.h"

namespace sbert::losses {
namespace {

class OnlineContrastive : public LossFunction {
 public:
  explicit OnlineContrastive(const OnlineContrastiveOptions& options) : options_(options) {}

  std::string name() const override { return kOnlineContrastive.name; }
  OrderedJson config() const override {
    return {{"distance_metric", name_of(kSiameseDistances.names, options_.distance_metric)},
            {"margin", options_.margin}};
  }
  ColumnRule columns() const override { return {2, 2, ColumnRule::Label::binary, kOnlineContrastive.data}; }
  bool learns_from_one_row(size_t /*inputs*/) const override { return false; }

  Var forward(Execution& run, const LossBatch& batch) const override {
    const Var distances =
        row_distances(run, batch.embeddings[0], batch.embeddings[1], options_.distance_metric, kSiameseDistances);
    return scalar_function(run, distances, [&](const auto* distance, auto* slope) {
      using T = std::remove_reference_t<decltype(*slope)>;
      const Limits limits = hard_limits(distance, batch.labels);
      T sum = 0;
      for (size_t i = 0; i < batch.labels.size(); ++i) {
        if (batch.labels[i] == 1 && distance[i] > limits.positive) {
          sum += distance[i] * distance[i];
          slope[i] = 2 * distance[i];
        } else if (batch.labels[i] == 0 && distance[i] < limits.negative) {
          const T lacking = std::max<T>(static_cast<T>(options_.margin) - distance[i], 0);
          sum += lacking * lacking;
          slope[i] = -2 * lacking;
        }
      }
      return sum;
    });
  }

 private:
  /// Hard are positives farther apart than `positive`, and negatives nearer than `negative`.
  struct Limits {
    double positive;
    double negative;
  };

  template <class T>
  static Limits hard_limits(const T* distance, std::span<const float> labels) {
    double positive_sum = 0, farthest_positive = 0, negative_sum = 0, nearest_negative = 0;
    size_t positives = 0, negatives = 0;
    for (size_t i = 0; i < labels.size(); ++i) {
      const double d = distance[i];
      if (labels[i] == 1) {
        farthest_positive = positives++ == 0 ? d : std::max(farthest_positive, d);
        positive_sum += d;
      } else {
        nearest_negative = negatives++ == 0 ? d : std::min(nearest_negative, d);
        negative_sum += d;
      }
    }
    // Without pairs of the other kind the mean of their own decides.
    return {.positive = negatives > 0 ? nearest_negative : positive_sum / static_cast<double>(positives),
            .negative = positives > 0 ? farthest_positive : negative_sum / static_cast<double>(negatives)};
  }

  OnlineContrastiveOptions options_;
};

}  // namespace

OnlineContrastiveLoss::OnlineContrastiveLoss(const SentenceTransformer&, const OnlineContrastiveOptions& options)
    : Loss(std::make_shared<OnlineContrastive>(options)) {}

constinit const LossEntry kOnlineContrastive{
    .name = "OnlineContrastiveLoss",
    .summary = "ContrastiveLoss on the hard pairs of a batch only",
    .data = "(sentence_a, sentence_b), label 1 if similar else 0",
    .citation = "",
    .make = [](OptionReader& options, const SentenceTransformer& model) -> Loss {
      OnlineContrastiveOptions parsed;
      options.read("distance_metric", parsed.distance_metric, kSiameseDistances.names);
      options.read("margin", parsed.margin);
      return OnlineContrastiveLoss(model, parsed);
    },
};

}  // namespace sbert::losses
