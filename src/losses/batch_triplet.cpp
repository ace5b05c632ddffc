#include "losses/batch_triplet.h"

#include "losses/batch_distances.h"

namespace sbert::losses {

BatchTripletFunction::BatchTripletFunction(const LossEntry& entry, const BatchTripletOptions& options)
    : options_(options), entry_(entry) {
  check_batch_distance(entry.name, options.distance_metric);
}

OrderedJson BatchTripletFunction::config() const {
  return {{"distance_metric", name_of(kBatchDistances, options_.distance_metric)}, {"margin", options_.margin}};
}

BatchTripletOptions read_batch_triplet_options(OptionReader& options) {
  BatchTripletOptions parsed;
  options.read("distance_metric", parsed.distance_metric, kBatchDistances);
  options.read("margin", parsed.margin);
  return parsed;
}

}  // namespace sbert::losses
