#include "tensor/ops/attention.h"

#include <cmath>
#include <vector>

#include "base/threads.h"
#include "kernels/kernel_table.h"

namespace sbert {
namespace {

/// One sequence and head as the kernels want it.
template <class T>
AttentionHead<T> head_of(const Tensor& qkv, const PackedBatch& batch, int64_t sequence, int64_t head, int64_t heads,
                         const DropoutMask& dropout, uint64_t dropout_index) {
  const int64_t hidden = qkv.cols() / 3;
  const int64_t size = hidden / heads;
  const T* first = qkv.row<T>(batch.begin(sequence)) + head * size;
  return {.q = first,
          .k = first + hidden,
          .v = first + 2 * hidden,
          .row_stride = 3 * hidden,
          .length = batch.length(sequence),
          .head_size = size,
          .scale = static_cast<T>(1 / std::sqrt(static_cast<double>(size))),
          .dropout = dropout,
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
void for_each_head(const Tensor& qkv, const PackedBatch& batch, int64_t heads, const DropoutMask& dropout,
                   const Body& body) {
  const auto offsets = dropout_offsets(batch, heads);
  parallel_for(batch.sequences() * heads, 1, [&](int64_t begin, int64_t end) {
    std::vector<T> scratch;
    for (int64_t item = begin; item < end; ++item) {
      const int64_t sequence = item / heads;
      const int64_t head = item % heads;
      const auto length = static_cast<uint64_t>(batch.length(sequence));
      const uint64_t index = offsets[static_cast<size_t>(sequence)] + static_cast<uint64_t>(head) * length * length;
      const auto problem = head_of<T>(qkv, batch, sequence, head, heads, dropout, index);
      const auto needed = static_cast<size_t>(kernels<T>().attention_scratch(problem.length, problem.head_size));
      if (scratch.size() < needed) scratch.resize(needed);
      body(sequence, head, problem, scratch.data());
    }
  });
}

}  // namespace

Var attention(Execution& run, const Var& qkv, const PackedBatch& batch, int64_t heads, double dropout) {
  const DropoutMask mask = run.next_dropout(dropout);
  const int64_t tokens = qkv->rows();
  const int64_t hidden = qkv->cols() / 3;
  const int64_t head_size = hidden / heads;
  const bool record = run.records(qkv);
  const bool round = run.gemm_input == DType::bf16;
  const DType scalar = qkv->value.dtype();

  Tensor output = record || !round ? Tensor::empty(tokens, hidden, scalar) : Tensor();
  Tensor rounded = round ? Tensor::empty(tokens, hidden, DType::bf16) : Tensor();
  // One row a head, so that the values of one sequence and head lie side by side.
  Tensor logsumexp = record ? Tensor::empty(heads, tokens, scalar) : Tensor();

  with_scalar(scalar, [&](auto zero) {
    using T = decltype(zero);
    for_each_head<T>(qkv->value, batch, heads, mask,
                     [&](int64_t sequence, int64_t head, const AttentionHead<T>& problem, T* scratch) {
                       const int64_t first = batch.begin(sequence);
                       const int64_t column = head * head_size;
                       kernels<T>().attention(problem, output.defined() ? output.row<T>(first) + column : nullptr,
                                              round ? rounded.row<BFloat16>(first) + column : nullptr, hidden,
                                              record ? logsumexp.row<T>(head) + first : nullptr, scratch);
                     });
  });

  auto result = make_variable(output.defined() ? output : rounded, qkv->requires_grad);
  result->rounded = rounded;
  if (record) {
    run.tape->record([qkv, &batch, heads, hidden, head_size, mask, output, logsumexp, result, scalar] {
      Tensor dqkv = Tensor::empty(qkv->rows(), qkv->cols(), scalar);
      with_scalar(scalar, [&](auto zero) {
        using T = decltype(zero);
        for_each_head<T>(qkv->value, batch, heads, mask,
                         [&](int64_t sequence, int64_t head, const AttentionHead<T>& problem, T* scratch) {
                           const int64_t first = batch.begin(sequence);
                           const int64_t column = head * head_size;
                           T* dq = dqkv.row<T>(first) + column;
                           kernels<T>().attention_backward(problem, output.row<T>(first) + column,
                                                           result->gradient.row<T>(first) + column, hidden,
                                                           logsumexp.row<T>(head) + first, dq, dq + hidden,
                                                           dq + 2 * hidden, 3 * hidden, nullptr, scratch);
                         });
      });
      accumulate_gradient(*qkv, std::move(dqkv));
    });
  }
  return result;
}

}  // namespace sbert
