#include "tensor/ops/pooling.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include "base/threads.h"
#include "kernels/kernel_table.h"

namespace sbert {
namespace {

constexpr int64_t kPooledSequencesPerTask = 8;
constexpr double kSmallestDivisor = 1e-9;

struct Span {
  int64_t begin;   // in the batch
  int64_t length;  // of what is pooled
  int64_t before;  // tokens of the sequence that are left out
};

/// The tokens of sequence i that are pooled.
Span span_of(const PackedBatch& batch, bool include_prompt, int64_t i) {
  const int64_t before = include_prompt ? 0 : std::min(batch.prompt_length(i), batch.length(i));
  return {batch.begin(i) + before, batch.length(i) - before, before};
}

Var make_pooled(const PoolingInput& input, bool requires_grad) {
  return make_variable(Tensor::empty(input.batch.sequences(), input.tokens->cols(), input.tokens->value.dtype()),
                       requires_grad);
}

/// Runs `body(sequence)` for every sequence, on all threads.
template <class Body>
void for_each_sequence(int64_t sequences, const Body& body) {
  parallel_for(sequences, kPooledSequencesPerTask, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i)
      body(i);
  });
}

enum class Mean { plain, sqrt_length, by_place };

/// What a mean divides a sequence's sum by, and the derivative of its logarithm by the weights' sum.
struct Divisor {
  double value;
  double log_slope;
};

Divisor divisor_of(Mean mean, const Span& span, const Tensor& weights_sum, int64_t sequence) {
  double sum = static_cast<double>(span.length);
  if (weights_sum.defined()) {
    sum = with_scalar(weights_sum.dtype(),
                      [&](auto zero) { return static_cast<double>(weights_sum.data<decltype(zero)>()[sequence]); });
  } else if (mean == Mean::by_place) {
    sum *= static_cast<double>(2 * span.before + span.length + 1) / 2;
  }
  const bool clamped = sum < kSmallestDivisor;
  sum = clamped ? kSmallestDivisor : sum;
  if (mean == Mean::sqrt_length) return {std::sqrt(sum), clamped ? 0 : 0.5 / sum};
  return {sum, clamped ? 0 : 1 / sum};
}

template <class T>
T weight_of(Mean mean, const Span& span, int64_t t) {
  return mean == Mean::by_place ? static_cast<T>(span.before + t + 1) : T{1};
}

Var pool_by_mean(Execution& run, const PoolingInput& input, Mean mean) {
  const PackedBatch& batch = input.batch;
  const Var& tokens = input.tokens;
  const Var& sums = input.token_weights_sum;
  auto pooled = make_pooled(input, tokens->requires_grad || (sums != nullptr && sums->requires_grad));
  const int64_t hidden = tokens->cols();
  const bool include_prompt = input.include_prompt;
  const Tensor weights_sum = sums != nullptr ? sums->value : Tensor();
  with_scalar(tokens->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    for_each_sequence(batch.sequences(), [&](int64_t i) {
      const Span span = span_of(batch, include_prompt, i);
      const auto scale = static_cast<T>(1 / divisor_of(mean, span, weights_sum, i).value);
      T* y = pooled->value.row<T>(i);
      const T* x = tokens->value.row<T>(span.begin);
      if (mean != Mean::by_place) return kernels<T>().sum_tokens(x, span.length, hidden, scale, y);
      std::fill_n(y, hidden, T{0});
      for (int64_t t = 0; t < span.length; ++t)
        kernels<T>().add_scaled(weight_of<T>(mean, span, t), x + t * hidden, hidden, y);
      for (int64_t j = 0; j < hidden; ++j)
        y[j] *= scale;
    });
  });
  if (!run.records(pooled)) return pooled;
  run.tape->record([tokens, sums, weights_sum, pooled, &batch, include_prompt, mean, hidden] {
    const DType dtype = tokens->value.dtype();
    Tensor dx = Tensor::zeros(tokens->rows(), hidden, dtype);
    Tensor dsums = Tensor::zeros(batch.sequences(), 1, dtype);
    with_scalar(dtype, [&](auto zero) {
      using T = decltype(zero);
      for_each_sequence(batch.sequences(), [&](int64_t i) {
        const Span span = span_of(batch, include_prompt, i);
        const Divisor divisor = divisor_of(mean, span, weights_sum, i);
        const auto scale = static_cast<T>(1 / divisor.value);
        const T* dy = pooled->gradient.row<T>(i);
        for (int64_t t = 0; t < span.length; ++t)
          kernels<T>().add_scaled(scale * weight_of<T>(mean, span, t), dy, hidden, dx.row<T>(span.begin + t));
        // y = S / d(s), so dy/ds = -y d'(s) / d(s).
        dsums.data<T>()[i] = -static_cast<T>(divisor.log_slope) * kernels<T>().dot(dy, pooled->value.row<T>(i), hidden);
      });
    });
    if (tokens->requires_grad) accumulate_gradient(*tokens, std::move(dx));
    if (sums != nullptr && sums->requires_grad) accumulate_gradient(*sums, std::move(dsums));
  });
  return pooled;
}

/// Row rows[i] of the tokens for sequence i; 0 where that is negative.
Var pick_rows(Execution& run, const PoolingInput& input, std::vector<int64_t> rows) {
  auto pooled = make_pooled(input, input.tokens->requires_grad);
  const Var& tokens = input.tokens;
  const int64_t hidden = tokens->cols();
  with_scalar(tokens->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    for (int64_t i = 0; i < pooled->rows(); ++i) {
      T* y = pooled->value.row<T>(i);
      const int64_t row = rows[static_cast<size_t>(i)];
      if (row < 0) {
        std::fill_n(y, hidden, T{0});
      } else {
        std::copy_n(tokens->value.row<T>(row), hidden, y);
      }
    }
  });
  if (!run.records(pooled)) return pooled;
  run.tape->record([tokens, pooled, picked = std::move(rows), hidden] {
    Tensor dx = Tensor::zeros(tokens->rows(), hidden, tokens->value.dtype());
    with_scalar(dx.dtype(), [&](auto zero) {
      using T = decltype(zero);
      for (int64_t i = 0; i < pooled->rows(); ++i) {
        const int64_t row = picked[static_cast<size_t>(i)];
        if (row >= 0) std::copy_n(pooled->gradient.row<T>(i), hidden, dx.row<T>(row));
      }
    });
    accumulate_gradient(*tokens, std::move(dx));
  });
  return pooled;
}

}  // namespace

Var pool_mean(Execution& run, const PoolingInput& input) {
  return pool_by_mean(run, input, Mean::plain);
}

Var pool_mean_sqrt_length(Execution& run, const PoolingInput& input) {
  return pool_by_mean(run, input, Mean::sqrt_length);
}

Var pool_weighted_mean(Execution& run, const PoolingInput& input) {
  return pool_by_mean(run, input, Mean::by_place);
}

Var pool_max(Execution& run, const PoolingInput& input) {
  auto pooled = make_pooled(input, input.tokens->requires_grad);
  const PackedBatch& batch = input.batch;
  const Var& tokens = input.tokens;
  const int64_t hidden = tokens->cols();
  const bool include_prompt = input.include_prompt;
  const auto argmax = std::make_shared<std::vector<int32_t>>(static_cast<size_t>(pooled->value.size()));
  with_scalar(tokens->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    for_each_sequence(batch.sequences(), [&](int64_t i) {
      const Span span = span_of(batch, include_prompt, i);
      T* y = pooled->value.row<T>(i);
      if (span.length == 0) {
        std::fill_n(y, hidden, T{0});
      } else {
        kernels<T>().max_tokens(tokens->value.row<T>(span.begin), span.length, hidden, y, argmax->data() + i * hidden);
      }
    });
  });
  if (!run.records(pooled)) return pooled;
  run.tape->record([tokens, pooled, argmax, &batch, include_prompt, hidden] {
    Tensor dx = Tensor::zeros(tokens->rows(), hidden, tokens->value.dtype());
    with_scalar(dx.dtype(), [&](auto zero) {
      using T = decltype(zero);
      for_each_sequence(batch.sequences(), [&](int64_t i) {
        const Span span = span_of(batch, include_prompt, i);
        const int32_t* winner = argmax->data() + i * hidden;
        for (int64_t j = 0; j < hidden && span.length != 0; ++j)
          dx.row<T>(span.begin + winner[j])[j] = pooled->gradient.row<T>(i)[j];
      });
    });
    accumulate_gradient(*tokens, std::move(dx));
  });
  return pooled;
}

Var pool_first(Execution& run, const PoolingInput& input) {
  std::vector<int64_t> rows;
  for (int64_t i = 0; i < input.batch.sequences(); ++i) {
    const Span span = span_of(input.batch, input.include_prompt, i);
    const int64_t first = span.length != 0 ? span.begin : input.batch.begin(i);
    rows.push_back(input.batch.length(i) != 0 ? first : -1);
  }
  return pick_rows(run, input, std::move(rows));
}

Var pool_last(Execution& run, const PoolingInput& input) {
  std::vector<int64_t> rows;
  for (int64_t i = 0; i < input.batch.sequences(); ++i) {
    const Span span = span_of(input.batch, input.include_prompt, i);
    rows.push_back(span.length != 0 ? span.begin + span.length - 1 : -1);
  }
  return pick_rows(run, input, std::move(rows));
}

}  // namespace sbert
