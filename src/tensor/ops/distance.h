#pragma once

#include "tensor/variable.h"

namespace sbert {

/// Which length a difference of two rows has.
enum class Norm {
  manhattan,  ///< sum of |d|
  euclidean,  ///< sqrt(sum of d^2); where it is 0, so is its derivative
};

/// |x_i - y_i + epsilon| for each row -> [N, 1]
Var row_distances(Execution& run, const Var& x, const Var& y, Norm norm, double epsilon = 0);

/// |x_i - y_j| for all pairs of rows -> [M, N]; x and y may be the same. Differences are taken first, not products
/// (|x|^2 - 2xy + |y|^2), which would lose all digits of small distances.
Var distance_matrix(Execution& run, const Var& x, const Var& y, Norm norm);

}  // namespace sbert
