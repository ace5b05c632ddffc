#pragma once

#include "kernels/arithmetic.inl"
#include "kernels/dropout.inl"
#include "kernels/kernel_table.h"
#include "kernels/rounding.inl"
#include "kernels/small_matmul.inl"
#include "kernels/softmax.inl"

namespace sbert {
namespace {

// One head of one sequence. Queries are taken in blocks of kQueryBlock rows; the scores of a block against all keys are
// one small matrix product, the soft-max runs over its rows, and a second product with V gives the output. Backward
// makes the same scores again. Nothing depends on the block but the memory it takes, so no result does either.
//
// Copies in scratch, all padded to whole vectors:
//   rows of q, k, v or dout: [length, head_size]           read as B of a product over tokens
//   columns of k or v: panels of [head_size, panel width]   read as B of a product over head_size

constexpr int64_t kQueryBlock = 24;

template <class T>
constexpr int64_t padded(int64_t n) {
  return (n + kLanes<T> - 1) / kLanes<T> * kLanes<T>;
}

template <class T>
constexpr int64_t kPanelWidth = int64_t{kLanes<T>} * kTileVectors;

/// y [rows, padded(cols)] = x [rows, cols]
template <class T>
PanelMatrix<T> copy_rows(const T* x, int64_t stride, int64_t rows, int64_t cols, T* y) {
  const int64_t width = padded<T>(cols);
  for (int64_t r = 0; r < rows; ++r) {
    for_each_vector<T>(
        cols, [=](int64_t j, int64_t lanes) { store<T>(y + r * width + j, load_lanes(x + r * stride + j, lanes)); });
  }
  return {y, width, kPanelWidth<T>};
}

/// y = scale * x^T for x [rows, cols], in panels of kPanelWidth rows of x. What follows the last row is left as it is:
/// it ends in the padding of the scores, which the soft-max masks and nothing else reads. Four rows are interleaved at
/// a time: a loop that the compiler turns into shuffles, where one over single elements stays scalar and takes twice as
/// long.
template <class T>
PanelMatrix<T> copy_columns(const T* x, int64_t stride, int64_t rows, int64_t cols, T scale, T* y) {
  constexpr int64_t kWidth = kPanelWidth<T>;
  constexpr int64_t kChunk = 64;
  T quads[kChunk][4];
  for (int64_t row = 0; row < rows; row += 4) {
    T* panel = y + row / kWidth * kWidth * cols + row % kWidth;
    for (int64_t begin = 0; begin < cols; begin += kChunk) {
      const int64_t count = cols - begin < kChunk ? cols - begin : kChunk;
      const T* x0 = x + row * stride + begin;
      const T* x1 = row + 1 < rows ? x0 + stride : x0;
      const T* x2 = row + 2 < rows ? x1 + stride : x0;
      const T* x3 = row + 3 < rows ? x2 + stride : x0;
      for (int64_t c = 0; c < count; ++c) {
        quads[c][0] = scale * x0[c];
        quads[c][1] = scale * x1[c];
        quads[c][2] = scale * x2[c];
        quads[c][3] = scale * x3[c];
      }
      for (int64_t c = 0; c < count; ++c)
        __builtin_memcpy(panel + (begin + c) * kWidth, quads[c], sizeof(quads[c]));
    }
  }
  return {y, kWidth, kWidth * cols};
}

template <class T>
constexpr int64_t panels_size(int64_t rows, int64_t cols) {
  return (rows + kPanelWidth<T> - 1) / kPanelWidth<T> * kPanelWidth<T> * cols;
}

template <class T>
int64_t attention_scratch(int64_t length, int64_t head_size) {
  const int64_t columns = panels_size<T>(length, head_size);
  const int64_t rows = length * padded<T>(head_size);
  const int64_t block_rows = kQueryBlock * padded<T>(head_size);
  const int64_t block_scores = kQueryBlock * padded<T>(length) + kLanes<T>;
  const int64_t forward = columns + rows + block_rows + 2 * block_scores;
  const int64_t backward = 2 * columns + 3 * rows + 3 * block_rows + 3 * block_scores;
  return forward > backward ? forward : backward;
}

/// Hands out parts of the scratch block, each a whole number of vectors.
template <class T>
class Scratch {
 public:
  explicit Scratch(T* begin) : next_(begin) {}
  T* take(int64_t n) {
    T* part = next_;
    next_ += padded<T>(n);
    return part;
  }

 private:
  T* next_;
};

/// scores [rows, padded(length)] = q (scale k)^T + bias for queries [begin, begin + rows)
template <class T>
void attention_scores(const AttentionHead<T>& head, const PanelMatrix<T>& scaled_k_columns, int64_t begin, int64_t rows,
                      T* scores) {
  const int64_t width = padded<T>(head.length);
  small_matmul<false, T>({head.q + begin * head.row_stride, head.row_stride, 1}, scaled_k_columns, rows, width,
                         head.head_size, scores, width);
  if (!head.bias) return;
  for (int64_t r = 0; r < rows; ++r) {
    const T* bias = head.bias + (begin + r) * head.bias_stride;
    for_each_vector<T>(head.length, [=](int64_t j, int64_t lanes) {
      T* s = scores + r * width + j;
      store<T>(s, load(s) + load_lanes(bias + j, lanes));
    });
  }
}

/// The dropout factors of queries [begin, begin + rows), row after row as the mask numbers them. What is read as the
/// padding of a row is the next row; a vector follows the last.
template <class T>
void attention_dropout(const AttentionHead<T>& head, int64_t begin, int64_t rows, T* factors) {
  const uint64_t index = head.dropout_index + static_cast<uint64_t>(begin * head.length);
  dropout_factors(head.dropout, index, rows * head.length, factors);
  store(factors + rows * head.length, Vec<T>{});
}

template <class T>
void attention(const AttentionHead<T>& head, T* out, BFloat16* out_bf16, int64_t out_stride, T* logsumexp, T* scratch) {
  const int64_t length = head.length;
  const int64_t head_size = head.head_size;
  const int64_t score_width = padded<T>(length);
  const int64_t out_width = padded<T>(head_size);
  Scratch<T> parts(scratch);
  const PanelMatrix<T> scaled_k_columns = copy_columns(head.k, head.row_stride, length, head_size, head.scale,
                                                       parts.take(panels_size<T>(length, head_size)));
  const PanelMatrix<T> v_rows = copy_rows(head.v, head.row_stride, length, head_size, parts.take(length * out_width));
  T* block_out = parts.take(kQueryBlock * out_width);
  T* scores = parts.take(kQueryBlock * score_width);
  T* factors = parts.take(kQueryBlock * length + kLanes<T>);
  T inverse_sums[kQueryBlock];

  for (int64_t begin = 0; begin < length; begin += kQueryBlock) {
    const int64_t rows = length - begin < kQueryBlock ? length - begin : kQueryBlock;
    attention_scores(head, scaled_k_columns, begin, rows, scores);
    for (int64_t r = 0; r < rows; ++r) {
      const SoftmaxSum<T> s = exponentials<true>(scores + r * score_width, length);
      inverse_sums[r] = 1 / s.sum;
      if (logsumexp) logsumexp[begin + r] = log_sum_exp(s);
    }
    if (head.dropout.probability > 0) {
      attention_dropout(head, begin, rows, factors);
      for (int64_t r = 0; r < rows; ++r) {
        for_each_vector<T>(length, [=](int64_t j, int64_t) {
          T* p = scores + r * score_width + j;
          store<T>(p, load(p) * load(factors + r * length + j));
        });
      }
    }
    small_matmul<false, T>({scores, score_width, 1}, v_rows, rows, out_width, length, block_out, out_width);
    for (int64_t r = 0; r < rows; ++r) {
      T* row = out ? out + (begin + r) * out_stride : nullptr;
      BFloat16* row_bf16 = out_bf16 ? out_bf16 + (begin + r) * out_stride : nullptr;
      const T inverse_sum = inverse_sums[r];
      for_each_vector<T>(head_size, [=](int64_t j, int64_t lanes) {
        store_both<T>(row, row_bf16, j, load(block_out + r * out_width + j) * inverse_sum, lanes);
      });
    }
  }
}

/// With P = softmax(S), M the dropout factors and out = (P M) V:
///   dV = (P M)^T dout;  dP = M (dout V^T);  dS = P (dP - D), D_i = sum_j P_ij dP_ij = dout_i . out_i
///   dQ = scale dS K;  dK = scale dS^T Q;  dbias += dS
template <class T>
void attention_backward(const AttentionHead<T>& head, const T* out, const T* dout, int64_t out_stride,
                        const T* logsumexp, T* dq, T* dk, T* dv, int64_t grad_stride, T* dbias, T* scratch) {
  const int64_t length = head.length;
  const int64_t score_width = padded<T>(length);
  const int64_t width = padded<T>(head.head_size);
  Scratch<T> parts(scratch);
  T* p = parts.take(kQueryBlock * score_width);
  T* ds = parts.take(kQueryBlock * score_width);
  T* factors = parts.take(kQueryBlock * length + kLanes<T>);
  T* q_block = parts.take(kQueryBlock * width);
  T* dout_block = parts.take(kQueryBlock * width);
  T* dq_block = parts.take(kQueryBlock * width);
  T* dk_sums = parts.take(length * width);
  T* dv_sums = parts.take(length * width);
  const PanelMatrix<T> k_rows = copy_rows(head.k, head.row_stride, length, head.head_size, parts.take(length * width));
  const int64_t columns = panels_size<T>(length, head.head_size);
  const PanelMatrix<T> scaled_k_columns =
      copy_columns(head.k, head.row_stride, length, head.head_size, head.scale, parts.take(columns));
  const PanelMatrix<T> v_columns =
      copy_columns(head.v, head.row_stride, length, head.head_size, T{1}, parts.take(columns));
  for (int64_t i = 0; i < length * width; ++i)
    dk_sums[i] = dv_sums[i] = 0;

  const auto store_rows = [&](const T* x, int64_t rows, T factor, T* y) {
    for (int64_t r = 0; r < rows; ++r) {
      for_each_vector<T>(head.head_size, [=](int64_t j, int64_t lanes) {
        store_lanes<T>(y + r * grad_stride + j, factor * load(x + r * width + j), lanes);
      });
    }
  };

  for (int64_t begin = 0; begin < length; begin += kQueryBlock) {
    const int64_t rows = length - begin < kQueryBlock ? length - begin : kQueryBlock;
    const PanelMatrix<T> q_rows =
        copy_rows(head.q + begin * head.row_stride, head.row_stride, rows, head.head_size, q_block);
    const PanelMatrix<T> dout_rows = copy_rows(dout + begin * out_stride, out_stride, rows, head.head_size, dout_block);
    if (head.dropout.probability > 0) attention_dropout(head, begin, rows, factors);

    attention_scores(head, scaled_k_columns, begin, rows, p);
    small_matmul<false, T>({dout_block, width, 1}, v_columns, rows, score_width, head.head_size, ds, score_width);
    for (int64_t r = 0; r < rows; ++r) {
      const T d = dot(dout + (begin + r) * out_stride, out + (begin + r) * out_stride, head.head_size);
      const T row_logsumexp = logsumexp[begin + r];
      T* dbias_row = dbias ? dbias + (begin + r) * head.bias_stride : nullptr;
      for_each_vector<T>(length, [=, &head](int64_t j, int64_t lanes) {
        const int64_t at = r * score_width + j;
        const Vec<T> probability = exp(load(p + at) - row_logsumexp);
        const Vec<T> factor = head.dropout.probability > 0 ? load(factors + r * length + j) : broadcast(T{1});
        const Vec<T> gradient = probability * (load(ds + at) * factor - d);
        store<T>(p + at, probability * factor);
        store(ds + at, gradient);
        if (dbias_row) store_lanes<T>(dbias_row + j, load_lanes(dbias_row + j, lanes) + gradient, lanes);
      });
    }

    small_matmul<false, T>({ds, score_width, 1}, k_rows, rows, width, length, dq_block, width);
    store_rows(dq_block, rows, head.scale, dq + begin * grad_stride);
    small_matmul<true, T>({ds, 1, score_width}, q_rows, length, width, rows, dk_sums, width);
    small_matmul<true, T>({p, 1, score_width}, dout_rows, length, width, rows, dv_sums, width);
  }
  store_rows(dk_sums, length, head.scale, dk);
  store_rows(dv_sums, length, 1, dv);
}

}  // namespace
}  // namespace sbert
