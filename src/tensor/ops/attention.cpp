#include "tensor/ops/attention.h"

#include <cmath>

#include "base/threads.h"
#include "kernels/kernel_table.h"

namespace sbert {
namespace {

/// What one use of attention computes with, forwards and backwards.
struct AttentionSetting {
  Var qkv;   // [T, 3H]
  Var bias;  // [heads, 2 L - 1] for the longest sequence's L, or null
  const PackedBatch* batch;
  int64_t heads;
  DropoutMask dropout;

  int64_t hidden() const { return qkv->cols() / 3; }
  int64_t head_size() const { return hidden() / heads; }
};

/// The value of a bias [.., 2 L - 1] at distance 0.
template <class T>
T* at_distance_zero(const Tensor& bias, int64_t row) {
  return bias.row<T>(row) + bias.cols() / 2;
}

/// One sequence and head as the kernels want it.
template <class T>
AttentionHead<T> head_of(const AttentionSetting& setting, int64_t sequence, int64_t head, uint64_t dropout_index) {
  const int64_t hidden = setting.hidden();
  const int64_t size = setting.head_size();
  const T* first = setting.qkv->value.row<T>(setting.batch->begin(sequence)) + head * size;
  return {.q = first,
          .k = first + hidden,
          .v = first + 2 * hidden,
          .row_stride = 3 * hidden,
          .length = setting.batch->length(sequence),
          .head_size = size,
          .scale = static_cast<T>(1 / std::sqrt(static_cast<double>(size))),
          .bias = setting.bias == nullptr ? nullptr : at_distance_zero<T>(setting.bias->value, head),
          .bias_stride = -1,
          .dropout = setting.dropout,
          .dropout_index = dropout_index};
}

/// First dropout index of each sequence: heads * length^2 weights each.
std::vector<uint64_t> dropout_offsets(const PackedBatch& batch, int64_t heads) {
  std::vector<uint64_t> offsets(1, static_cast<uint64_t>(heads * batch.before.token_pairs));
  for (int64_t i = 0; i < batch.sequences(); ++i) {
    const auto length = static_cast<uint64_t>(batch.length(i));
    offsets.push_back(offsets.back() + static_cast<uint64_t>(heads) * length * length);
  }
  return offsets;
}

/// Calls `body(sequence, head, head problem, scratch)` for all of them, on all threads.
template <class T, class Body>
void for_each_head(const AttentionSetting& setting, const Body& body) {
  const PackedBatch& batch = *setting.batch;
  const int64_t heads = setting.heads;
  const auto offsets = dropout_offsets(batch, heads);
  parallel_for(batch.sequences() * heads, 1, [&](int64_t begin, int64_t end) {
    std::vector<T> scratch;
    for (int64_t item = begin; item < end; ++item) {
      const int64_t sequence = item / heads;
      const int64_t head = item % heads;
      const auto length = static_cast<uint64_t>(batch.length(sequence));
      const uint64_t index = offsets[static_cast<size_t>(sequence)] + static_cast<uint64_t>(head) * length * length;
      const auto problem = head_of<T>(setting, sequence, head, index);
      const auto needed = static_cast<size_t>(kernels<T>().attention_scratch(problem.length, problem.head_size));
      if (scratch.size() < needed) scratch.resize(needed);
      body(sequence, head, problem, scratch.data());
    }
  });
}

/// The gradient of the bias: `parts` has a row for each sequence and head, which are added in the order of sequences.
Tensor sum_over_sequences(const Tensor& parts, int64_t heads) {
  Tensor sum = Tensor::zeros(heads, parts.cols(), parts.dtype());
  with_scalar(parts.dtype(), [&](auto zero) {
    using T = decltype(zero);
    for (int64_t row = 0; row < parts.rows(); ++row)
      kernels<T>().add_scaled(T{1}, parts.row<T>(row), parts.cols(), sum.row<T>(row % heads));
  });
  return sum;
}

void backward(const AttentionSetting& setting, const Tensor& output, const Tensor& logsumexp, const Tensor& doutput) {
  const DType scalar = setting.qkv->value.dtype();
  const int64_t hidden = setting.hidden();
  const bool learns_bias = setting.bias != nullptr && setting.bias->requires_grad;
  Tensor dqkv = Tensor::empty(setting.qkv->rows(), setting.qkv->cols(), scalar);
  Tensor dbias;
  if (learns_bias) dbias = Tensor::zeros(setting.batch->sequences() * setting.heads, setting.bias->cols(), scalar);
  with_scalar(scalar, [&](auto zero) {
    using T = decltype(zero);
    for_each_head<T>(setting, [&](int64_t sequence, int64_t head, const AttentionHead<T>& problem, T* scratch) {
      const int64_t first = setting.batch->begin(sequence);
      const int64_t column = head * setting.head_size();
      T* dq = dqkv.row<T>(first) + column;
      kernels<T>().attention_backward(
          problem, output.row<T>(first) + column, doutput.row<T>(first) + column, hidden,
          logsumexp.row<T>(head) + first, dq, dq + hidden, dq + 2 * hidden, 3 * hidden,
          learns_bias ? at_distance_zero<T>(dbias, sequence * setting.heads + head) : nullptr, scratch);
    });
  });
  if (learns_bias) accumulate_gradient(*setting.bias, sum_over_sequences(dbias, setting.heads));
  accumulate_gradient(*setting.qkv, std::move(dqkv));
}

}  // namespace

Var attention(Execution& run, const Var& qkv, const PackedBatch& batch, int64_t heads, double dropout,
              const Var& bias) {
  const AttentionSetting setting{
      .qkv = qkv, .bias = bias, .batch = &batch, .heads = heads, .dropout = run.next_dropout(dropout)};
  const int64_t tokens = qkv->rows();
  const int64_t hidden = setting.hidden();
  auto result = make_variable({}, qkv->requires_grad || (bias != nullptr && bias->requires_grad));
  const bool record = run.records(result);
  const bool round = run.gemm_input == DType::bf16;
  const DType scalar = qkv->value.dtype();

  const Tensor output = record || !round ? Tensor::empty(tokens, hidden, scalar) : Tensor();
  if (round) result->rounded = Tensor::empty(tokens, hidden, DType::bf16);
  // One row a head, so that the values of one sequence and head lie side by side.
  const Tensor logsumexp = record ? Tensor::empty(heads, tokens, scalar) : Tensor();
  with_scalar(scalar, [&](auto zero) {
    using T = decltype(zero);
    for_each_head<T>(setting, [&](int64_t sequence, int64_t head, const AttentionHead<T>& problem, T* scratch) {
      const int64_t first = batch.begin(sequence);
      const int64_t column = head * setting.head_size();
      kernels<T>().attention(problem, output.defined() ? output.row<T>(first) + column : nullptr,
                             round ? result->rounded.row<BFloat16>(first) + column : nullptr, hidden,
                             record ? logsumexp.row<T>(head) + first : nullptr, scratch);
    });
  });
  result->value = output.defined() ? output : result->rounded;
  if (record) {
    run.tape->record([setting, output, logsumexp, result] { backward(setting, output, logsumexp, result->gradient); });
  }
  return result;
}

}  // namespace sbert
