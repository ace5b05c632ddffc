#include "losses/batch_distances.h"

#include <array>
#include <utility>
#include <vector>

#include "base/fail.h"
#include "tensor/ops/distance.h"
#include "tensor/ops/elementwise.h"
#include "tensor/ops/linear.h"
#include "tensor/ops/rows.h"

namespace sbert::losses {
namespace {

constexpr std::array<Choice<DistanceMetric>, 2> kNames{{
    {"cosine_distance", DistanceMetric::cosine},
    {"euclidean_distance", DistanceMetric::euclidean},
}};

/// Places in a row of distances; -1: none.
struct Hardest {
  int64_t positive = -1;
  int64_t negative = -1;
  int64_t farthest = -1;  ///< added to the distance of `negative`, which is of the anchor's own class
};

template <class T>
Hardest find_hardest(const T* distance, int64_t anchor, std::span<const float> classes) {
  const auto rows = static_cast<int64_t>(classes.size());
  const auto same_class = [&](int64_t j) {
    return classes[static_cast<size_t>(j)] == classes[static_cast<size_t>(anchor)];
  };
  Hardest hardest;
  int64_t farthest = 0;
  T largest_positive = 0;
  for (int64_t j = 0; j < rows; ++j) {
    if (distance[j] > distance[farthest]) farthest = j;
    if (!same_class(j)) {
      if (hardest.negative < 0 || distance[j] < distance[hardest.negative]) hardest.negative = j;
    } else if (j != anchor && distance[j] > largest_positive) {
      largest_positive = distance[j];
      hardest.positive = j;
    }
  }
  if (hardest.negative >= 0) return hardest;
  hardest.farthest = farthest;
  hardest.negative = 0;
  for (int64_t j = 1; j < rows; ++j) {
    if (distance[j] < distance[hardest.negative]) hardest.negative = j;
  }
  return hardest;
}

}  // namespace

constinit const Choices<DistanceMetric> kBatchDistances{kNames};

void check_batch_distance(const char* loss, DistanceMetric metric) {
  if (!name_of(kBatchDistances, metric).empty()) return;
  fail(ErrorCode::invalid_argument, loss, ": distance_metric must be cosine or euclidean");
}

Var batch_distances(Execution& run, const Var& embeddings, DistanceMetric metric) {
  if (metric == DistanceMetric::euclidean) return distance_matrix(run, embeddings, embeddings, Norm::euclidean);
  const Var units = normalize_rows(run, embeddings);
  return affine(run, matmul_transposed(run, units, units), -1, 1);
}

Var hardest_differences(Execution& run, const Var& distances, std::span<const float> classes) {
  const int64_t rows = distances->rows();
  auto differences = make_variable(Tensor::empty(rows, 1, distances->value.dtype()), distances->requires_grad);
  std::vector<Hardest> found;
  with_scalar(distances->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    for (int64_t i = 0; i < rows; ++i) {
      const T* row = distances->value.row<T>(i);
      const Hardest& hardest = found.emplace_back(find_hardest(row, i, classes));
      const auto at = [row](int64_t place) { return place < 0 ? T{0} : row[place]; };
      *differences->value.row<T>(i) = at(hardest.positive) - (at(hardest.negative) + at(hardest.farthest));
    }
  });
  if (!run.records(differences)) return differences;
  run.tape->record([distances, differences, found = std::move(found)] {
    Tensor slope = Tensor::zeros(distances->rows(), distances->cols(), distances->value.dtype());
    with_scalar(slope.dtype(), [&](auto zero) {
      using T = decltype(zero);
      for (int64_t i = 0; i < slope.rows(); ++i) {
        const Hardest& hardest = found[static_cast<size_t>(i)];
        const T upstream = *differences->gradient.row<T>(i);
        if (hardest.positive >= 0) slope.row<T>(i)[hardest.positive] += upstream;
        slope.row<T>(i)[hardest.negative] -= upstream;
        if (hardest.farthest >= 0) slope.row<T>(i)[hardest.farthest] -= upstream;
      }
    });
    accumulate_gradient(*distances, std::move(slope));
  });
  return differences;
}

}  // namespace sbert::losses
