#include "tensor/ops/elementwise.h"

#include <cmath>
#include <utility>
#include <vector>

namespace sbert {
namespace {

/// y_i = value(i); dx_i = slope(i) dy_i for each input.
template <class Value>
Var map_elements(const Var& shape, bool requires_grad, const Value& value) {
  auto y = make_variable(Tensor::empty(shape->rows(), shape->cols(), shape->value.dtype()), requires_grad);
  with_scalar(y->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    for (int64_t i = 0; i < y->value.size(); ++i)
      y->value.data<T>()[i] = value(zero, i);
  });
  return y;
}

/// gradient(x)_i += slope(i) * gradient(y)_i
template <class Slope>
void flow_back(Variable& x, const Variable& y, const Slope& slope) {
  if (!x.requires_grad || !y.gradient.defined()) return;
  Tensor dx = Tensor::empty(x.rows(), x.cols(), x.value.dtype());
  with_scalar(dx.dtype(), [&](auto zero) {
    using T = decltype(zero);
    for (int64_t i = 0; i < dx.size(); ++i)
      dx.data<T>()[i] = static_cast<T>(slope(zero, i)) * y.gradient.data<T>()[i];
  });
  accumulate_gradient(x, std::move(dx));
}

template <class T>
T at(const Var& x, int64_t i) {
  return x->value.data<T>()[i];
}

}  // namespace

Var affine(Execution& run, const Var& x, double factor, double offset) {
  auto y = map_elements(x, x->requires_grad, [&](auto zero, int64_t i) {
    using T = decltype(zero);
    return static_cast<T>(factor) * at<T>(x, i) + static_cast<T>(offset);
  });
  if (run.records(y)) {
    run.tape->record([x, y, factor] { flow_back(*x, *y, [factor](auto, int64_t) { return factor; }); });
  }
  return y;
}

Var absolute(Execution& run, const Var& x) {
  auto y = map_elements(x, x->requires_grad, [&](auto zero, int64_t i) { return std::abs(at<decltype(zero)>(x, i)); });
  if (run.records(y)) {
    run.tape->record([x, y] {
      flow_back(*x, *y, [&](auto zero, int64_t i) {
        const auto value = at<decltype(zero)>(x, i);
        return value > 0 ? 1 : value < 0 ? -1 : 0;
      });
    });
  }
  return y;
}

Var subtract(Execution& run, const Var& x, const Var& y) {
  auto difference = map_elements(x, x->requires_grad || y->requires_grad, [&](auto zero, int64_t i) {
    return at<decltype(zero)>(x, i) - at<decltype(zero)>(y, i);
  });
  if (run.records(difference)) {
    run.tape->record([x, y, difference] {
      flow_back(*x, *difference, [](auto, int64_t) { return 1; });
      flow_back(*y, *difference, [](auto, int64_t) { return -1; });
    });
  }
  return difference;
}

Var multiply(Execution& run, const Var& x, const Var& y) {
  auto product = map_elements(x, x->requires_grad || y->requires_grad, [&](auto zero, int64_t i) {
    return at<decltype(zero)>(x, i) * at<decltype(zero)>(y, i);
  });
  if (run.records(product)) {
    run.tape->record([x, y, product] {
      flow_back(*x, *product, [&](auto zero, int64_t i) { return at<decltype(zero)>(y, i); });
      flow_back(*y, *product, [&](auto zero, int64_t i) { return at<decltype(zero)>(x, i); });
    });
  }
  return product;
}

Var add_constant(Execution& run, const Var& x, const Tensor& constant) {
  auto y = map_elements(x, x->requires_grad, [&](auto zero, int64_t i) {
    using T = decltype(zero);
    return at<T>(x, i) + constant.data<T>()[i];
  });
  if (run.records(y)) {
    run.tape->record([x, y] { flow_back(*x, *y, [](auto, int64_t) { return 1; }); });
  }
  return y;
}

Var weighted_sum(Execution& run, std::span<const Var> terms, std::span<const double> weights) {
  bool requires_grad = false;
  for (const Var& term : terms)
    requires_grad = requires_grad || term->requires_grad;
  auto sum = map_elements(terms.front(), requires_grad, [&](auto zero, int64_t i) {
    using T = decltype(zero);
    T value = 0;
    for (size_t k = 0; k < terms.size(); ++k)
      value += static_cast<T>(weights[k]) * at<T>(terms[k], i);
    return value;
  });
  if (run.records(sum)) {
    run.tape->record([inputs = std::vector<Var>(terms.begin(), terms.end()),
                      factors = std::vector<double>(weights.begin(), weights.end()), sum] {
      for (size_t k = 0; k < inputs.size(); ++k)
        flow_back(*inputs[k], *sum, [&](auto, int64_t) { return factors[k]; });
    });
  }
  return sum;
}

}  // namespace sbert
