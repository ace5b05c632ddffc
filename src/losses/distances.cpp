#include "losses/distances.h"

#include <array>

#include "tensor/ops/distance.h"
#include "tensor/ops/elementwise.h"
#include "tensor/ops/rows.h"

namespace sbert::losses {
namespace {

constexpr std::array<Choice<DistanceMetric>, 3> kSiameseNames{{
    {"cosine_distance", DistanceMetric::cosine},
    {"euclidean", DistanceMetric::euclidean},
    {"manhattan", DistanceMetric::manhattan},
}};

constexpr std::array<Choice<DistanceMetric>, 3> kTripletNames{{
    {"cosine", DistanceMetric::cosine},
    {"euclidean", DistanceMetric::euclidean},
    {"manhattan", DistanceMetric::manhattan},
}};

}  // namespace

constinit const RowDistances kSiameseDistances{.names = kSiameseNames, .cosine_epsilon = 1e-8, .epsilon = 1e-6};
constinit const RowDistances kTripletDistances{.names = kTripletNames, .cosine_epsilon = 1e-12, .epsilon = 0};

Var row_distances(Execution& run, const Var& x, const Var& y, DistanceMetric metric, const RowDistances& kind) {
  if (metric == DistanceMetric::cosine) {
    const Var cosine =
        row_dots(run, normalize_rows(run, x, kind.cosine_epsilon), normalize_rows(run, y, kind.cosine_epsilon));
    return affine(run, cosine, -1, 1);
  }
  const Norm norm = metric == DistanceMetric::euclidean ? Norm::euclidean : Norm::manhattan;
  return sbert::row_distances(run, x, y, norm, kind.epsilon);
}

}  // namespace sbert::losses
