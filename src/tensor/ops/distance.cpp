#include "tensor/ops/distance.h"

#include <cmath>
#include <utility>

#include "base/threads.h"

namespace sbert {
namespace {

template <class T>
T distance(const T* x, const T* y, int64_t n, Norm norm, T epsilon) {
  T sum = 0;
  for (int64_t j = 0; j < n; ++j) {
    const T difference = x[j] - y[j] + epsilon;
    sum += norm == Norm::manhattan ? std::abs(difference) : difference * difference;
  }
  return norm == Norm::manhattan ? sum : std::sqrt(sum);
}

/// dx += factor * d distance / dx
template <class T>
void add_slope(const T* x, const T* y, int64_t n, Norm norm, T epsilon, T length, T factor, T* dx) {
  if (length == 0) return;
  for (int64_t j = 0; j < n; ++j) {
    const T difference = x[j] - y[j] + epsilon;
    if (norm == Norm::euclidean) {
      dx[j] += factor * difference / length;
    } else if (difference != 0) {
      dx[j] += difference > 0 ? factor : -factor;
    }
  }
}

/// gradient(x) of the matrix of distances; `transposed`: x gave its columns.
template <class T>
void flow_to(Variable& x, const Tensor& y, const Variable& matrix, Norm norm, bool transposed) {
  Tensor dx = Tensor::zeros(x.rows(), x.cols(), x.value.dtype());
  parallel_for(x.rows(), 4, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      for (int64_t j = 0; j < y.rows(); ++j) {
        const int64_t place = transposed ? j * x.rows() + i : i * y.rows() + j;
        add_slope(x.value.row<T>(i), y.row<T>(j), x.cols(), norm, T{0}, matrix.value.data<T>()[place],
                  matrix.gradient.data<T>()[place], dx.row<T>(i));
      }
    }
  });
  accumulate_gradient(x, std::move(dx));
}

}  // namespace

Var row_distances(Execution& run, const Var& x, const Var& y, Norm norm, double epsilon) {
  auto lengths = make_variable(Tensor::empty(x->rows(), 1, x->value.dtype()), x->requires_grad || y->requires_grad);
  with_scalar(x->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    for (int64_t i = 0; i < x->rows(); ++i) {
      *lengths->value.row<T>(i) =
          distance(x->value.row<T>(i), y->value.row<T>(i), x->cols(), norm, static_cast<T>(epsilon));
    }
  });
  if (!run.records(lengths)) return lengths;
  run.tape->record([x, y, lengths, norm, epsilon] {
    with_scalar(x->value.dtype(), [&](auto zero) {
      using T = decltype(zero);
      const auto flow = [&](const Var& to, T sign) {
        if (!to->requires_grad) return;
        Tensor gradient = Tensor::zeros(x->rows(), x->cols(), x->value.dtype());
        for (int64_t i = 0; i < x->rows(); ++i) {
          add_slope(x->value.row<T>(i), y->value.row<T>(i), x->cols(), norm, static_cast<T>(epsilon),
                    *lengths->value.row<T>(i), sign * *lengths->gradient.row<T>(i), gradient.row<T>(i));
        }
        accumulate_gradient(*to, std::move(gradient));
      };
      flow(x, 1);
      flow(y, -1);
    });
  });
  return lengths;
}

Var distance_matrix(Execution& run, const Var& x, const Var& y, Norm norm) {
  auto matrix =
      make_variable(Tensor::empty(x->rows(), y->rows(), x->value.dtype()), x->requires_grad || y->requires_grad);
  with_scalar(x->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    parallel_for(x->rows(), 4, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i) {
        for (int64_t j = 0; j < y->rows(); ++j)
          matrix->value.row<T>(i)[j] = distance(x->value.row<T>(i), y->value.row<T>(j), x->cols(), norm, T{0});
      }
    });
  });
  if (!run.records(matrix)) return matrix;
  run.tape->record([x, y, matrix, norm] {
    with_scalar(x->value.dtype(), [&](auto zero) {
      using T = decltype(zero);
      if (x->requires_grad) flow_to<T>(*x, y->value, *matrix, norm, false);
      if (y->requires_grad) flow_to<T>(*y, x->value, *matrix, norm, true);
    });
  });
  return matrix;
}

}  // namespace sbert
