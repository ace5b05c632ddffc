#include "tensor/ops/pooling.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "base/threads.h"
#include "kernels/kernel_table.h"

namespace sbert {
namespace {

constexpr int64_t kSequencesPerTask = 8;

Var make_pooled(const Var& tokens, const PackedBatch& batch) {
  return make_variable(Tensor::empty(batch.sequences(), tokens->cols(), tokens->value.dtype()), tokens->requires_grad);
}

/// Runs `body(sequence)` for every sequence, on all threads.
template <class Body>
void for_each_sequence(const PackedBatch& batch, const Body& body) {
  parallel_for(batch.sequences(), kSequencesPerTask, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i)
      body(i);
  });
}

/// Records a backward that fills the gradient of `tokens`: `body(sequence, pooled gradient row, zeroed token rows)`.
template <class T, class Body>
void record_backward(Execution& run, const Var& tokens, const PackedBatch& batch, const Var& pooled, Body body) {
  if (!run.records(pooled)) return;
  run.tape->record([tokens, &batch, pooled, body] {
    Tensor gradient = Tensor::zeros(tokens->rows(), tokens->cols(), tokens->value.dtype());
    for_each_sequence(batch, [&](int64_t i) { body(i, pooled->gradient.row<T>(i), gradient.row<T>(batch.begin(i))); });
    accumulate_gradient(*tokens, std::move(gradient));
  });
}

template <class T>
T mean_scale(int64_t length, bool sqrt_length) {
  const double count = std::max<double>(static_cast<double>(length), 1e-9);
  return static_cast<T>(1 / (sqrt_length ? std::sqrt(count) : count));
}

}  // namespace

Var pool_mean(Execution& run, const Var& tokens, const PackedBatch& batch, bool sqrt_length) {
  auto pooled = make_pooled(tokens, batch);
  const int64_t hidden = tokens->cols();
  with_scalar(tokens->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    for_each_sequence(batch, [&](int64_t i) {
      const int64_t length = batch.length(i);
      kernels<T>().sum_tokens(tokens->value.row<T>(batch.begin(i)), length, hidden, mean_scale<T>(length, sqrt_length),
                              pooled->value.row<T>(i));
    });
    record_backward<T>(run, tokens, batch, pooled, [&batch, hidden, sqrt_length](int64_t i, const T* dy, T* dx) {
      const int64_t length = batch.length(i);
      for (int64_t t = 0; t < length; ++t) {
        kernels<T>().add_scaled(mean_scale<T>(length, sqrt_length), dy, hidden, dx + t * hidden);
      }
    });
  });
  return pooled;
}

Var pool_max(Execution& run, const Var& tokens, const PackedBatch& batch) {
  auto pooled = make_pooled(tokens, batch);
  const int64_t hidden = tokens->cols();
  const auto argmax = std::make_shared<std::vector<int32_t>>(static_cast<size_t>(pooled->value.size()));
  with_scalar(tokens->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    for_each_sequence(batch, [&](int64_t i) {
      kernels<T>().max_tokens(tokens->value.row<T>(batch.begin(i)), batch.length(i), hidden, pooled->value.row<T>(i),
                              argmax->data() + i * hidden);
    });
    record_backward<T>(run, tokens, batch, pooled, [argmax, hidden](int64_t i, const T* dy, T* dx) {
      const int32_t* winner = argmax->data() + i * hidden;
      for (int64_t j = 0; j < hidden; ++j)
        dx[winner[j] * hidden + j] = dy[j];
    });
  });
  return pooled;
}

Var pool_cls(Execution& run, const Var& tokens, const PackedBatch& batch) {
  auto pooled = make_pooled(tokens, batch);
  const int64_t hidden = tokens->cols();
  with_scalar(tokens->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    for_each_sequence(batch, [&](int64_t i) {
      const T* first = tokens->value.row<T>(batch.begin(i));
      std::copy(first, first + hidden, pooled->value.row<T>(i));
    });
    record_backward<T>(run, tokens, batch, pooled,
                       [hidden](int64_t, const T* dy, T* dx) { std::copy(dy, dy + hidden, dx); });
  });
  return pooled;
}

}  // namespace sbert
