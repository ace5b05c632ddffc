#include <type_traits>

#include <sbert/losses.h>

#include "losses/distances.h"
#include "losses/entries.h"
#include "losses/loss.h"
#include "tensor/ops/elementwise.h"
#include "tensor/ops/scalar_function.h"

namespace sbert::losses {
namespace {

class Triplet : public LossFunction {
 public:
  explicit Triplet(const TripletOptions& options) : options_(options) {}

  std::string name() const override { return kTriplet.name; }
  OrderedJson config() const override {
    return {{"distance_metric", name_of(kTripletDistances.names, options_.distance_metric)},
            {"triplet_margin", options_.triplet_margin}};
  }
  ColumnRule columns() const override { return {3, 3, ColumnRule::Label::none, kTriplet.data}; }

  Var forward(Execution& run, const LossBatch& batch) const override {
    const auto distances = [&](size_t column) {
      return row_distances(run, batch.embeddings[0], batch.embeddings[column], options_.distance_metric,
                           kTripletDistances);
    };
    const Var differences = subtract(run, distances(1), distances(2));
    return scalar_function(run, differences, [&](const auto* difference, auto* slope) {
      using T = std::remove_reference_t<decltype(*slope)>;
      const auto rows = static_cast<T>(batch.rows());
      T sum = 0;
      for (int64_t i = 0; i < batch.rows(); ++i) {
        const T violation = difference[i] + static_cast<T>(options_.triplet_margin);
        if (violation <= 0) continue;
        sum += violation;
        slope[i] = 1 / rows;
      }
      return sum / rows;
    });
  }

 private:
  TripletOptions options_;
};

}  // namespace

TripletLoss::TripletLoss(const SentenceTransformer&, const TripletOptions& options)
    : Loss(std::make_shared<Triplet>(options)) {}

constinit const LossEntry kTriplet{
    .name = "TripletLoss",
    .summary = "the positive comes nearer to the anchor than the negative, by a margin",
    .data = "(anchor, positive, negative)",
    .citation = "hermans2017defense",
    .make = [](OptionReader& options, const SentenceTransformer& model) -> Loss {
      TripletOptions parsed;
      options.read("distance_metric", parsed.distance_metric, kTripletDistances.names);
      options.read("triplet_margin", parsed.triplet_margin);
      return TripletLoss(model, parsed);
    },
};

}  // namespace sbert::losses
