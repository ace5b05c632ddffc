#include "tensor/ops/activation.h"

#include <algorithm>
#include <cmath>

#include "base/threads.h"
#include "kernels/kernel_table.h"

namespace sbert {
namespace {

constexpr int64_t kActivationElementsPerTask = 1 << 13;

template <class T>
T sigmoid(T x) {
  return 1 / (1 + std::exp(-x));
}

template <class T>
T softplus(T x) {
  return std::max(x, T{0}) + std::log1p(std::exp(-std::abs(x)));
}

template <class T>
T normal_cdf(T x) {
  return T(0.5) * std::erfc(-x * T(0.70710678118654752440));
}

template <class T>
T normal_pdf(T x) {
  return T(0.39894228040143267794) * std::exp(-x * x / 2);
}

template <class T>
T gelu(T x) {
  return x * normal_cdf(x);
}
template <class T>
T gelu_slope(T x) {
  return normal_cdf(x) + x * normal_pdf(x);
}

constexpr double kSqrtTwoOverPi = 0.79788456080286535588;
constexpr double kGeluCubic = 0.044715;

/// What the approximation of gelu takes the tanh of.
template <class T>
T gelu_tanh_argument(T x) {
  return T(kSqrtTwoOverPi) * (x + T(kGeluCubic) * x * x * x);
}

constexpr double kQuickGelu = 1.702;

/// Laplace of MEGA (Ma et al. 2022), in standard deviations.
template <class T>
T laplace_argument(T x) {
  return (x - T(0.707107)) / T(0.282095);
}

/// A function and its derivative, which is given x and y = f(x).
template <class T>
struct Function {
  T (*value)(T x);
  T (*slope)(T x, T y);
};

constexpr double kSeluScale = 1.0507009873554804934193349852946;
constexpr double kSeluAlpha = 1.6732632423543772848170429916717;

/// PyTorch's, with its default parameters; at a corner the derivative that PyTorch takes.
template <class T>
Function<T> function_of(Activation kind) {
  switch (kind) {
    case Activation::identity:
      break;
    case Activation::tanh:
      return {[](T x) { return std::tanh(x); }, [](T, T y) { return 1 - y * y; }};
    case Activation::relu:
      return {[](T x) { return x < 0 ? T{0} : x; }, [](T x, T) { return x > 0 ? T{1} : T{0}; }};
    case Activation::gelu:
      return {[](T x) { return gelu(x); }, [](T x, T) { return gelu_slope(x); }};
    case Activation::sigmoid:
      return {[](T x) { return sigmoid(x); }, [](T, T y) { return y * (1 - y); }};
    case Activation::silu:
      return {[](T x) { return x * sigmoid(x); }, [](T x, T y) { return sigmoid(x) + y * (1 - sigmoid(x)); }};
    case Activation::mish:
      return {[](T x) { return x * std::tanh(softplus(x)); },
              [](T x, T) {
                const T t = std::tanh(softplus(x));
                return t + x * (1 - t * t) * sigmoid(x);
              }};
    case Activation::leaky_relu:
      return {[](T x) { return x > 0 ? x : T(0.01) * x; }, [](T x, T) { return x > 0 ? T{1} : T(0.01); }};
    case Activation::relu6:
      return {[](T x) { return std::clamp(x, T{0}, T{6}); }, [](T x, T) { return x > 0 && x < 6 ? T{1} : T{0}; }};
    case Activation::elu:
      return {[](T x) { return x > 0 ? x : std::expm1(x); }, [](T x, T) { return x > 0 ? T{1} : std::exp(x); }};
    case Activation::selu:
      return {[](T x) { return T(kSeluScale) * (x > 0 ? x : T(kSeluAlpha) * std::expm1(x)); },
              [](T x, T) { return T(kSeluScale) * (x > 0 ? T{1} : T(kSeluAlpha) * std::exp(x)); }};
    case Activation::softplus:
      return {[](T x) { return softplus(x); }, [](T x, T) { return sigmoid(x); }};
    case Activation::softsign:
      return {[](T x) { return x / (1 + std::abs(x)); },
              [](T x, T) { return 1 / ((1 + std::abs(x)) * (1 + std::abs(x))); }};
    case Activation::log_sigmoid:
      return {[](T x) { return -softplus(-x); }, [](T x, T) { return sigmoid(-x); }};
    case Activation::hardtanh:
      return {[](T x) { return std::clamp(x, T{-1}, T{1}); }, [](T x, T) { return x > -1 && x < 1 ? T{1} : T{0}; }};
    case Activation::hardsigmoid:
      return {[](T x) { return std::clamp(x + 3, T{0}, T{6}) / 6; },
              [](T x, T) { return x > -3 && x < 3 ? 1 / T{6} : T{0}; }};
    case Activation::hardswish:
      return {[](T x) { return x * std::clamp(x + 3, T{0}, T{6}) / 6; },
              [](T x, T) { return x <= -3 ? T{0}
                                  : x < 3 ? x / 3 + T(0.5)
                                          : T{1}; }};
    case Activation::hardshrink:
      return {[](T x) { return std::abs(x) > T(0.5) ? x : T{0}; },
              [](T x, T) { return std::abs(x) > T(0.5) ? T{1} : T{0}; }};
    case Activation::softshrink:
      return {[](T x) { return x - std::clamp(x, T(-0.5), T(0.5)); },
              [](T x, T) { return std::abs(x) > T(0.5) ? T{1} : T{0}; }};
    case Activation::tanhshrink:
      return {[](T x) { return x - std::tanh(x); }, [](T x, T y) { return (x - y) * (x - y); }};
    case Activation::gelu_tanh:
      return {[](T x) { return x / 2 * (1 + std::tanh(gelu_tanh_argument(x))); },
              [](T x, T) {
                const T t = std::tanh(gelu_tanh_argument(x));
                return (1 + t) / 2 + x / 2 * (1 - t * t) * T(kSqrtTwoOverPi) * (1 + 3 * T(kGeluCubic) * x * x);
              }};
    case Activation::gelu_clipped:
      return {[](T x) { return std::clamp(gelu(x), T{-10}, T{10}); },
              [](T x, T) { return gelu(x) < 10 ? gelu_slope(x) : T{0}; }};
    case Activation::quick_gelu:
      return {[](T x) { return x * sigmoid(T(kQuickGelu) * x); },
              [](T x, T y) {
                const T s = sigmoid(T(kQuickGelu) * x);
                return s + T(kQuickGelu) * y * (1 - s);
              }};
    case Activation::relu_squared:
      return {[](T x) { return x > 0 ? x * x : T{0}; }, [](T x, T) { return x > 0 ? 2 * x : T{0}; }};
    case Activation::laplace:
      return {[](T x) { return normal_cdf(laplace_argument(x)); },
              [](T x, T) { return normal_pdf(laplace_argument(x)) / T(0.282095); }};
    case Activation::sqrt_softplus:
      return {[](T x) { return std::sqrt(softplus(x)); }, [](T x, T y) { return y > 0 ? sigmoid(x) / (2 * y) : T{0}; }};
  }
  return {[](T x) { return x; }, [](T, T) { return T{1}; }};
}

}  // namespace

Var activate(Execution& run, const Var& x, Activation kind) {
  if (kind == Activation::identity) return x;
  auto y = make_variable(Tensor::empty(x->rows(), x->cols(), x->value.dtype()), x->requires_grad);
  with_scalar(x->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    const auto value = function_of<T>(kind).value;
    parallel_for(x->value.size(), kActivationElementsPerTask, [&](int64_t begin, int64_t end) {
      const T* from = x->value.data<T>();
      T* to = y->value.data<T>();
      for (int64_t i = begin; i < end; ++i)
        to[i] = value(from[i]);
    });
  });
  if (!run.records(y)) return y;
  run.tape->record([x, y, kind] {
    Tensor dx = Tensor::empty(x->rows(), x->cols(), x->value.dtype());
    with_scalar(dx.dtype(), [&](auto zero) {
      using T = decltype(zero);
      const auto slope = function_of<T>(kind).slope;
      parallel_for(dx.size(), kActivationElementsPerTask, [&](int64_t begin, int64_t end) {
        const T* in = x->value.data<T>();
        const T* out = y->value.data<T>();
        const T* dy = y->gradient.data<T>();
        T* result = dx.data<T>();
        for (int64_t i = begin; i < end; ++i)
          result[i] = dy[i] * slope(in[i], out[i]);
      });
    });
    accumulate_gradient(*x, std::move(dx));
  });
  return y;
}

Var dropout(Execution& run, const Var& x, double probability) {
  const DropoutMask mask = run.next_dropout(probability);
  if (mask.probability <= 0) return x;
  const auto apply = [mask](const Tensor& from) {
    Tensor to = Tensor::empty(from.rows(), from.cols(), from.dtype());
    const uint64_t first = mask.first_row * static_cast<uint64_t>(from.cols());
    with_scalar(from.dtype(), [&](auto zero) {
      using T = decltype(zero);
      parallel_for(from.size(), kActivationElementsPerTask, [&](int64_t begin, int64_t end) {
        kernels<T>().dropout(from.data<T>() + begin, end - begin, mask, first + static_cast<uint64_t>(begin),
                             to.data<T>() + begin);
      });
    });
    return to;
  };
  auto y = make_variable(apply(x->value), x->requires_grad);
  if (run.records(y)) {
    run.tape->record([x, y, apply] { accumulate_gradient(*x, apply(y->gradient)); });
  }
  return y;
}

}  // namespace sbert
