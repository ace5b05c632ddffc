#include "tensor/ops/rows.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/threads.h"
#include "kernels/kernel_table.h"

namespace sbert {
namespace {

constexpr int64_t kCopiedRowsPerTask = 32;

/// gradient(x)[begin...] += rows
template <class T>
void accumulate_rows(Variable& x, int64_t begin, const Tensor& rows) {
  if (!x.gradient.defined()) x.gradient = Tensor::zeros(x.rows(), x.cols(), rows.dtype());
  if (!x.gradient.unique()) x.gradient = x.gradient.clone();
  kernels<T>().add_scaled(T{1}, rows.data<T>(), rows.size(), x.gradient.row<T>(begin));
}

}  // namespace

Var slice_rows(Execution& run, const Var& x, int64_t begin, int64_t end) {
  auto y = make_variable(x->value.slice(begin, end), x->requires_grad);
  if (run.records(y)) {
    run.tape->record([x, y, begin] {
      if (!y->gradient.defined()) return;
      with_scalar(y->gradient.dtype(), [&](auto zero) { accumulate_rows<decltype(zero)>(*x, begin, y->gradient); });
    });
  }
  return y;
}

Var concat_rows(Execution& run, std::span<const Var> parts) {
  int64_t rows = 0;
  bool requires_grad = false;
  for (const Var& part : parts) {
    rows += part->rows();
    requires_grad = requires_grad || part->requires_grad;
  }
  auto y = make_variable(Tensor::empty(rows, parts.front()->cols(), parts.front()->value.dtype()), requires_grad);
  with_scalar(y->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    T* to = y->value.data<T>();
    for (const Var& part : parts)
      to = std::copy_n(part->value.data<T>(), part->value.size(), to);
  });
  if (run.records(y)) {
    run.tape->record([inputs = std::vector<Var>(parts.begin(), parts.end()), y] {
      if (!y->gradient.defined()) return;
      int64_t begin = 0;
      for (const Var& input : inputs) {
        const int64_t end = begin + input->rows();
        if (input->requires_grad) accumulate_gradient(*input, y->gradient.slice(begin, end));
        begin = end;
      }
    });
  }
  return y;
}

Var concat_columns(Execution& run, std::span<const Var> parts) {
  int64_t columns = 0;
  bool requires_grad = false;
  for (const Var& part : parts) {
    columns += part->cols();
    requires_grad = requires_grad || part->requires_grad;
  }
  const int64_t rows = parts.front()->rows();
  auto y = make_variable(Tensor::empty(rows, columns, parts.front()->value.dtype()), requires_grad);
  with_scalar(y->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    for (int64_t i = 0; i < rows; ++i) {
      T* to = y->value.row<T>(i);
      for (const Var& part : parts)
        to = std::copy_n(part->value.row<T>(i), part->cols(), to);
    }
  });
  if (run.records(y)) {
    run.tape->record([inputs = std::vector<Var>(parts.begin(), parts.end()), y] {
      with_scalar(y->value.dtype(), [&](auto zero) {
        using T = decltype(zero);
        int64_t column = 0;
        for (const Var& input : inputs) {
          Tensor dx = Tensor::empty(input->rows(), input->cols(), input->value.dtype());
          for (int64_t i = 0; i < dx.rows(); ++i)
            std::copy_n(y->gradient.row<T>(i) + column, dx.cols(), dx.row<T>(i));
          column += input->cols();
          accumulate_gradient(*input, std::move(dx));
        }
      });
    });
  }
  return y;
}

Var first_columns(Execution& run, const Var& x, int64_t count) {
  auto y = make_variable(Tensor::empty(x->rows(), count, x->value.dtype()), x->requires_grad);
  with_scalar(y->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    for (int64_t i = 0; i < x->rows(); ++i)
      std::copy_n(x->value.row<T>(i), count, y->value.row<T>(i));
  });
  if (run.records(y)) {
    run.tape->record([x, y, count] {
      Tensor dx = Tensor::zeros(x->rows(), x->cols(), x->value.dtype());
      with_scalar(dx.dtype(), [&](auto zero) {
        using T = decltype(zero);
        for (int64_t i = 0; i < x->rows(); ++i)
          std::copy_n(y->gradient.row<T>(i), count, dx.row<T>(i));
      });
      accumulate_gradient(*x, std::move(dx));
    });
  }
  return y;
}

Var normalize_rows(Execution& run, const Var& x, double epsilon) {
  auto y = make_variable(Tensor::empty(x->rows(), x->cols(), x->value.dtype()), x->requires_grad);
  with_scalar(x->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    parallel_for(x->rows(), kCopiedRowsPerTask, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i) {
        const T* from = x->value.row<T>(i);
        const T norm = static_cast<T>(std::sqrt(kernels<T>().squared_norm(from, x->cols())));
        const T divisor = std::max(norm, static_cast<T>(epsilon));
        std::transform(from, from + x->cols(), y->value.row<T>(i), [divisor](T value) { return value / divisor; });
      }
    });
  });
  if (!run.records(y)) return y;
  run.tape->record([x, y, epsilon] {
    // dx = (dy - y (y . dy)) / |x|; below epsilon the divisor is a constant and only dy / epsilon remains.
    Tensor dx = Tensor::empty(x->rows(), x->cols(), x->value.dtype());
    with_scalar(dx.dtype(), [&](auto zero) {
      using T = decltype(zero);
      for (int64_t i = 0; i < dx.rows(); ++i) {
        const auto norm = static_cast<T>(std::sqrt(kernels<T>().squared_norm(x->value.row<T>(i), x->cols())));
        const bool clamped = norm < static_cast<T>(epsilon);
        const T divisor = clamped ? static_cast<T>(epsilon) : norm;
        const T* unit = y->value.row<T>(i);
        const T* dy = y->gradient.row<T>(i);
        const T along = clamped ? T{0} : kernels<T>().dot(unit, dy, x->cols());
        T* result = dx.row<T>(i);
        for (int64_t j = 0; j < x->cols(); ++j)
          result[j] = (dy[j] - unit[j] * along) / divisor;
      }
    });
    accumulate_gradient(*x, std::move(dx));
  });
  return y;
}

Var add_quarter_turn(Execution& run, const Var& x) {
  const int64_t half = (x->cols() + 1) / 2;
  // i (a + bi) = -b + ai. The transpose of this map, which takes gradients back, turns the other way.
  const auto turn = [cols = x->cols(), half](const auto* from, auto* to, int sign) {
    std::copy_n(from, cols, to);
    for (int64_t j = 0; j + half < cols; ++j) {
      using T = std::remove_reference_t<decltype(*to)>;
      to[j] -= static_cast<T>(sign) * from[j + half];
      to[j + half] += static_cast<T>(sign) * from[j];
    }
  };
  auto y = make_variable(Tensor::empty(x->rows(), x->cols(), x->value.dtype()), x->requires_grad);
  with_scalar(x->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    for (int64_t i = 0; i < x->rows(); ++i)
      turn(x->value.row<T>(i), y->value.row<T>(i), 1);
  });
  if (!run.records(y)) return y;
  run.tape->record([x, y, turn] {
    Tensor dx = Tensor::empty(x->rows(), x->cols(), x->value.dtype());
    with_scalar(dx.dtype(), [&](auto zero) {
      using T = decltype(zero);
      for (int64_t i = 0; i < x->rows(); ++i)
        turn(y->gradient.row<T>(i), dx.row<T>(i), -1);
    });
    accumulate_gradient(*x, std::move(dx));
  });
  return y;
}

Var row_dots(Execution& run, const Var& x, const Var& y) {
  auto dots = make_variable(Tensor::empty(x->rows(), 1, x->value.dtype()), x->requires_grad || y->requires_grad);
  with_scalar(x->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    for (int64_t i = 0; i < x->rows(); ++i) {
      dots->value.data<T>()[i] = kernels<T>().dot(x->value.row<T>(i), y->value.row<T>(i), x->cols());
    }
  });
  if (!run.records(dots)) return dots;
  run.tape->record([x, y, dots] {
    with_scalar(dots->value.dtype(), [&](auto zero) {
      using T = decltype(zero);
      const auto flow = [&](const Var& to, const Var& other) {
        if (!to->requires_grad) return;
        Tensor gradient = Tensor::zeros(to->rows(), to->cols(), to->value.dtype());
        for (int64_t i = 0; i < to->rows(); ++i) {
          kernels<T>().add_scaled(dots->gradient.data<T>()[i], other->value.row<T>(i), to->cols(), gradient.row<T>(i));
        }
        accumulate_gradient(*to, std::move(gradient));
      };
      flow(x, y);
      flow(y, x);
    });
  });
  return dots;
}

}  // namespace sbert
