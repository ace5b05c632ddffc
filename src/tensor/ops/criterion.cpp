#include "tensor/ops/criterion.h"

#include <vector>

#include "base/threads.h"
#include "kernels/kernel_table.h"

namespace sbert {

Var mean_squared_error(Execution& run, const Var& x, std::span<const float> targets) {
  auto loss = make_variable(Tensor::empty(1, 1, x->value.dtype()), x->requires_grad);
  with_scalar(x->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    const T* values = x->value.data<T>();
    T sum = 0;
    for (size_t i = 0; i < targets.size(); ++i) {
      const T error = values[i] - static_cast<T>(targets[i]);
      sum += error * error;
    }
    *loss->value.data<T>() = sum / static_cast<T>(targets.size());
  });
  if (!run.records(loss)) return loss;
  run.tape->record([x, loss, gold = std::vector<float>(targets.begin(), targets.end())] {
    Tensor dx = Tensor::empty(x->rows(), x->cols(), x->value.dtype());
    with_scalar(dx.dtype(), [&](auto zero) {
      using T = decltype(zero);
      const T scale = 2 * *loss->gradient.data<T>() / static_cast<T>(gold.size());
      for (size_t i = 0; i < gold.size(); ++i) {
        dx.data<T>()[i] = scale * (x->value.data<T>()[i] - static_cast<T>(gold[i]));
      }
    });
    accumulate_gradient(*x, std::move(dx));
  });
  return loss;
}

Var cross_entropy(Execution& run, const Var& scores, std::span<const int64_t> targets, double scale) {
  auto loss = make_variable(Tensor::empty(1, 1, scores->value.dtype()), scores->requires_grad);
  // Soft-max of each row: its own derivative but for the target.
  const Tensor probabilities = Tensor::empty(scores->rows(), scores->cols(), scores->value.dtype());
  with_scalar(scores->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    std::vector<T> losses(targets.size());
    parallel_for(scores->rows(), 8, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i) {
        const T* from = scores->value.row<T>(i);
        T* row = probabilities.row<T>(i);
        for (int64_t j = 0; j < scores->cols(); ++j)
          row[j] = from[j] * static_cast<T>(scale);
        const T target = row[targets[static_cast<size_t>(i)]];
        losses[static_cast<size_t>(i)] = kernels<T>().softmax(row, scores->cols()) - target;
      }
    });
    T sum = 0;
    for (const T value : losses)
      sum += value;
    *loss->value.data<T>() = sum / static_cast<T>(targets.size());
  });
  if (!run.records(loss)) return loss;
  run.tape->record([scores, loss, probabilities, scale, gold = std::vector<int64_t>(targets.begin(), targets.end())] {
    with_scalar(probabilities.dtype(), [&](auto zero) {
      using T = decltype(zero);
      const T factor = static_cast<T>(scale) * *loss->gradient.data<T>() / static_cast<T>(gold.size());
      for (size_t i = 0; i < gold.size(); ++i) {
        T* row = probabilities.row<T>(static_cast<int64_t>(i));
        row[gold[i]] -= 1;
        for (int64_t j = 0; j < probabilities.cols(); ++j)
          row[j] *= factor;
      }
    });
    accumulate_gradient(*scores, probabilities);
  });
  return loss;
}

}  // namespace sbert
