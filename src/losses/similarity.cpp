#include "losses/similarity.h"

#include "tensor/ops/distance.h"
#include "tensor/ops/elementwise.h"
#include "tensor/ops/linear.h"
#include "tensor/ops/rows.h"

namespace sbert::losses {

Var pairwise_similarity(Execution& run, const Var& x, const Var& y, SimilarityFunction function) {
  switch (function) {
    case SimilarityFunction::cosine:
      return row_dots(run, normalize_rows(run, x), normalize_rows(run, y));
    case SimilarityFunction::dot:
      return row_dots(run, x, y);
    case SimilarityFunction::euclidean:
      return affine(run, row_distances(run, x, y, Norm::euclidean), -1, 0);
    case SimilarityFunction::manhattan:
      return affine(run, row_distances(run, x, y, Norm::manhattan), -1, 0);
  }
  return nullptr;
}

Var similarity_matrix(Execution& run, const Var& x, const Var& y, SimilarityFunction function) {
  switch (function) {
    case SimilarityFunction::cosine:
      return matmul_transposed(run, normalize_rows(run, x), normalize_rows(run, y));
    case SimilarityFunction::dot:
      return matmul_transposed(run, x, y);
    case SimilarityFunction::euclidean:
      return affine(run, distance_matrix(run, x, y, Norm::euclidean), -1, 0);
    case SimilarityFunction::manhattan:
      return affine(run, distance_matrix(run, x, y, Norm::manhattan), -1, 0);
  }
  return nullptr;
}

Var torch_cosine(Execution& run, const Var& x, const Var& y) {
  return row_dots(run, normalize_rows(run, x, kTorchCosineEpsilon), normalize_rows(run, y, kTorchCosineEpsilon));
}

}  // namespace sbert::losses
