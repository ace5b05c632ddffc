#include "tensor/ops/layer_mean.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "base/threads.h"
#include "kernels/kernel_table.h"

namespace sbert {
namespace {

constexpr int64_t kLayerMeanElementsPerTask = 1 << 13;

/// sum over all elements of a * b, row by row.
template <class T>
double inner_product(const Tensor& a, const Tensor& b) {
  double sum = 0;
  for (int64_t i = 0; i < a.rows(); ++i)
    sum += static_cast<double>(kernels<T>().dot(a.row<T>(i), b.row<T>(i), a.cols()));
  return sum;
}

}  // namespace

Var layer_mean(Execution& run, std::span<const Var> layers, const Var& weights) {
  const Var& first = layers.front();
  const auto count = static_cast<int64_t>(layers.size());
  const bool trained = weights->requires_grad ||
                       std::any_of(layers.begin(), layers.end(), [](const Var& layer) { return layer->requires_grad; });
  auto y = make_variable(Tensor::empty(first->rows(), first->cols(), first->value.dtype()), trained);
  with_scalar(y->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    const T* w = weights->value.data<T>();
    const T total = std::accumulate(w, w + count, T{0});
    parallel_for(y->value.size(), kLayerMeanElementsPerTask, [&](int64_t begin, int64_t end) {
      T* sum = y->value.data<T>();
      std::fill(sum + begin, sum + end, T{0});
      for (int64_t l = 0; l < count; ++l) {
        kernels<T>().add_scaled(w[l], layers[static_cast<size_t>(l)]->value.data<T>() + begin, end - begin,
                                sum + begin);
      }
      for (int64_t i = begin; i < end; ++i)
        sum[i] /= total;
    });
  });
  if (!run.records(y)) return y;
  run.tape->record([inputs = std::vector<Var>(layers.begin(), layers.end()), weights, y, count] {
    const Tensor& dy = y->gradient;
    Tensor dweights = Tensor::empty(1, count, dy.dtype());
    with_scalar(dy.dtype(), [&](auto zero) {
      using T = decltype(zero);
      const T* w = weights->value.data<T>();
      const T total = std::accumulate(w, w + count, T{0});
      const double along = inner_product<T>(dy, y->value);
      for (int64_t l = 0; l < count; ++l) {
        const Var& layer = inputs[static_cast<size_t>(l)];
        // dy/dw_l = (h_l - y) / sum w
        dweights.data<T>()[l] =
            static_cast<T>((inner_product<T>(dy, layer->value) - along) / static_cast<double>(total));
        if (!layer->requires_grad) continue;
        Tensor dlayer = Tensor::zeros(dy.rows(), dy.cols(), dy.dtype());
        parallel_for(dy.size(), kLayerMeanElementsPerTask, [&](int64_t begin, int64_t end) {
          kernels<T>().add_scaled(w[l] / total, dy.data<T>() + begin, end - begin, dlayer.data<T>() + begin);
        });
        accumulate_gradient(*layer, std::move(dlayer));
      }
    });
    if (weights->requires_grad) accumulate_gradient(*weights, std::move(dweights));
  });
  return y;
}

}  // namespace sbert
