#pragma once

#include <cstdint>
#include <span>

#include <sbert/losses.h>

#include "losses/options.h"
#include "tensor/variable.h"

namespace sbert::losses {

/// "cosine_distance", "euclidean_distance": how losses on texts with a class measure them.
extern const Choices<DistanceMetric> kBatchDistances;

/// THROWS: invalid_argument for a metric that is not among them.
void check_batch_distance(const char* loss, DistanceMetric metric);

/// The distance of every row to every row -> [B, B]
Var batch_distances(Execution& run, const Var& embeddings, DistanceMetric metric);

/// For each anchor the distance to the farthest text of its class (0 if it has none) minus that to the nearest text of
/// another class (if there is none, the farthest text counts): what is to become negative. -> [B, 1]
Var hardest_differences(Execution& run, const Var& distances, std::span<const float> classes);

}  // namespace sbert::losses
