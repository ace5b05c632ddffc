#include "tensor/ops/unfold.h"

#include <algorithm>
#include <utility>

#include "base/threads.h"

namespace sbert {
namespace {

constexpr int64_t kUnfoldedSequencesPerTask = 4;

/// body(token, neighbour, j) for each place j of each token's window that is in its sequence.
template <class Body>
void for_each_neighbour(const PackedBatch& batch, int64_t window, const Body& body) {
  parallel_for(batch.sequences(), kUnfoldedSequencesPerTask, [&](int64_t first, int64_t last) {
    for (int64_t i = first; i < last; ++i) {
      for (int64_t t = batch.begin(i); t < batch.begin(i + 1); ++t) {
        for (int64_t j = 0; j < window; ++j) {
          const int64_t neighbour = t + j - window / 2;
          if (neighbour >= batch.begin(i) && neighbour < batch.begin(i + 1)) body(t, neighbour, j);
        }
      }
    }
  });
}

}  // namespace

Var unfold(Execution& run, const Var& x, const PackedBatch& batch, int64_t window) {
  if (window == 1) return x;
  const int64_t channels = x->cols();
  auto y = make_variable(Tensor::zeros(x->rows(), channels * window, x->value.dtype()), x->requires_grad);
  with_scalar(x->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    for_each_neighbour(batch, window, [&](int64_t token, int64_t neighbour, int64_t j) {
      const T* from = x->value.row<T>(neighbour);
      T* to = y->value.row<T>(token) + j;
      for (int64_t i = 0; i < channels; ++i)
        to[i * window] = from[i];
    });
  });
  if (!run.records(y)) return y;
  run.tape->record([x, y, &batch, window, channels] {
    Tensor dx = Tensor::zeros(x->rows(), channels, x->value.dtype());
    with_scalar(dx.dtype(), [&](auto zero) {
      using T = decltype(zero);
      for_each_neighbour(batch, window, [&](int64_t token, int64_t neighbour, int64_t j) {
        const T* from = y->gradient.row<T>(token) + j;
        T* to = dx.row<T>(neighbour);
        for (int64_t i = 0; i < channels; ++i)
          to[i] += from[i * window];
      });
    });
    accumulate_gradient(*x, std::move(dx));
  });
  return y;
}

}  // namespace sbert
