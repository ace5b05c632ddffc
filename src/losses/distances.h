#pragma once

#include <span>

#include <sbert/losses.h>

#include "losses/options.h"
#include "tensor/variable.h"

namespace sbert::losses {

/// How a loss on rows measures them: sentence-transformers' classes differ in names and in how they avoid dividing by
/// 0.
struct RowDistances {
  Choices<DistanceMetric> names;
  double cosine_epsilon;  ///< lower bound of a length
  double epsilon;         ///< added to every difference
};

/// SiameseDistanceMetric: those of torch.nn.functional.
extern const RowDistances kSiameseDistances;
/// TripletDistanceMetric: those of sentence_transformers.util.
extern const RowDistances kTripletDistances;

/// distance(x_i, y_i), cosine being 1 - cos -> [N, 1]
Var row_distances(Execution& run, const Var& x, const Var& y, DistanceMetric metric, const RowDistances& kind);

}  // namespace sbert::losses
