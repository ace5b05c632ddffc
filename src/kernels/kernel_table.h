#pragma once

#include <cstdint>

#include "base/bfloat16.h"
#include "kernels/dropout_mask.h"

namespace sbert {

/// One attention problem: a packed sequence of `length` tokens, one head.
/// Rows of `q`, `k`, `v` are `row_stride` elements apart (they are slices of a fused `[T, 3H]` projection).
template <class T>
struct AttentionHead {
  const T* q;          ///< [length, head_size]
  const T* k;          ///< [length, head_size]
  const T* v;          ///< [length, head_size]
  int64_t row_stride;  ///< elements from one token to the next in q, k and v
  int64_t length;
  int64_t head_size;
  T scale;                  ///< usually 1 / sqrt(head_size)
  const T* bias = nullptr;  ///< or null: bias[i * bias_stride + j] is added to the scaled score of query i and key j
  int64_t bias_stride = 0;  ///< -1 for a bias that depends on j - i alone, where `bias` points to its value at 0
  DropoutMask dropout{};    ///< applied to the probabilities; element (i, j) has index dropout_index + i * length + j
  uint64_t dropout_index = 0;
};

/// Raw-pointer compute, written once as plain loops (`*.inl`) and compiled per instruction set (`kernels_<isa>.cpp`);
/// forward and backward side by side. Every function is serial and works on the rows it is given: callers cut the rows
/// among threads. The order of every reduction depends on its own row or sequence only, never on how rows were cut:
/// that is what makes embeddings the same to the last bit in any batch and with any thread count.
///
/// T is float in production; the double table (plain code) serves the numeric-Jacobian tests.
/// No pointer may alias another unless stated. A pointer marked "or null" is optional.
template <class T>
struct KernelTable {
  const char* name;  ///< "generic", "avx2", "avx512"

  // --- rounding -------------------------------------------------------------------------------------------------
  /// y[i] = bfloat16(x[i])
  void (*to_bfloat16)(const T* x, int64_t n, BFloat16* y);
  /// y[i] = T(x[i])
  void (*from_bfloat16)(const BFloat16* x, int64_t n, T* y);

  // --- arithmetic -----------------------------------------------------------------------------------------------
  /// y[i] += alpha * x[i]
  void (*add_scaled)(T alpha, const T* x, int64_t n, T* y);
  /// sum_i x[i] * y[i]
  T (*dot)(const T* x, const T* y, int64_t n);
  /// sum_i x[i]^2, accumulated in double
  double (*squared_norm)(const T* x, int64_t n);
  /// out[j] += sum_r x[r, j] for j in [column_begin, column_end); rows are added in order (bias gradients)
  void (*column_sum)(const T* x, int64_t rows, int64_t cols, int64_t column_begin, int64_t column_end, T* out);

  // --- activations ----------------------------------------------------------------------------------------------
  /// y = x * Phi(x), exact GELU with erf (Hendrycks & Gimpel 2016); y or y_bf16 may be null. y may be x.
  void (*gelu)(const T* x, int64_t n, T* y, BFloat16* y_bf16);
  /// dx = dy * (Phi(x) + x * phi(x)); dx may be dy. dx_bf16 or null gets the rounded copy
  void (*gelu_backward)(const T* x, const T* dy, int64_t n, T* dx, BFloat16* dx_bf16);
  /// y = tanh(x); y may be x
  void (*tanh)(const T* x, int64_t n, T* y);

  // --- dropout --------------------------------------------------------------------------------------------------
  /// y[i] = x[i] * keep(index + i) / (1 - p); its own backward (the mask is recomputed from the counter). y may be x.
  /// Every table makes the same mask.
  void (*dropout)(const T* x, int64_t n, const DropoutMask& mask, uint64_t index, T* y);

  // --- layer norm (Ba et al. 2016) ------------------------------------------------------------------------------
  /// sum = x + residual (residual or null; dropout already applied to x); y = (sum - mean) * rstd * gamma + beta.
  /// Two passes for the variance. Writes sum [rows, cols] (may be x; or null when nothing is kept), y (may be sum or
  /// x), y_bf16 or null, mean and rstd [rows] or null.
  void (*layer_norm)(const T* x, const T* residual, const T* gamma, const T* beta, T epsilon, int64_t rows,
                     int64_t cols, T* sum, T* y, BFloat16* y_bf16, T* mean, T* rstd);
  /// dx = rstd * (g - mean(g) - xhat * mean(g * xhat)), g = dy * gamma, xhat = (sum - mean) * rstd. dx may be dy.
  void (*layer_norm_backward)(const T* dy, const T* sum, const T* gamma, const T* mean, const T* rstd, int64_t rows,
                              int64_t cols, T* dx);
  /// dgamma[j] += sum_r dy * xhat, dbeta[j] += sum_r dy for j in [column_begin, column_end)
  void (*layer_norm_backward_parameters)(const T* dy, const T* sum, const T* mean, const T* rstd, int64_t rows,
                                         int64_t cols, int64_t column_begin, int64_t column_end, T* dgamma, T* dbeta);

  // --- soft-max -------------------------------------------------------------------------------------------------
  /// In place over one row of n; returns log(sum(exp(x))) (the log-sum-exp before normalising). A NaN makes the whole
  /// row NaN; -infinity becomes 0
  T (*softmax)(T* x, int64_t n);

  // --- attention (Vaswani et al. 2017), one sequence and head, nothing of size length^2 is kept ------------------
  /// out[i, :] = sum_j dropout(softmax_j(scale * q_i . k_j + bias_ij)) v_j. out rows are out_stride apart; either of
  /// out and out_bf16 may be null. logsumexp [length] or null is kept for backward. scratch: attention_scratch(length,
  /// head_size) elements.
  void (*attention)(const AttentionHead<T>& head, T* out, BFloat16* out_bf16, int64_t out_stride, T* logsumexp,
                    T* scratch);
  /// Gradients of q, k, v (each [length, head_size], rows grad_stride apart, overwritten), given dout and out (rows
  /// out_stride apart). dbias or null, laid out as head.bias, is added to. Probabilities are recomputed from logsumexp.
  void (*attention_backward)(const AttentionHead<T>& head, const T* out, const T* dout, int64_t out_stride,
                             const T* logsumexp, T* dq, T* dk, T* dv, int64_t grad_stride, T* dbias, T* scratch);
  int64_t (*attention_scratch)(int64_t length, int64_t head_size);

  // --- pooling of one sequence [length, hidden] -------------------------------------------------------------------
  /// y[j] = scale * sum_t x[t, j], tokens in order
  void (*sum_tokens)(const T* x, int64_t length, int64_t hidden, T scale, T* y);
  /// y[j] = scale * sum_i table[rows[i], j], to the bit what `sum_tokens` makes of those rows
  void (*sum_rows)(const T* table, const int32_t* rows, int64_t count, int64_t hidden, T scale, T* y);
  /// y[j] = max_t x[t, j]; argmax[j] = the first t that has it. NaN counts as the largest. REQUIRES: length >= 1
  void (*max_tokens)(const T* x, int64_t length, int64_t hidden, T* y, int32_t* argmax);

  // --- optimiser ------------------------------------------------------------------------------------------------
  /// Decoupled, bias-corrected AdamW (Loshchilov & Hutter 2019), the order of operations of PyTorch:
  ///   p -= lr * weight_decay * p; m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2;
  ///   p -= (lr / bias_correction1) * m / (sqrt(v) / sqrt(bias_correction2) + eps).   g = grad * grad_scale
  /// shadow or null gets the rounded copy of p in the same pass.
  struct AdamW {
    T lr, beta1, beta2, epsilon, weight_decay, bias_correction1, bias_correction2, grad_scale;
  };
  void (*adamw)(const AdamW& step, int64_t n, T* p, const T* grad, T* m, T* v, BFloat16* shadow);
};

/// The table for this machine, chosen once: the best the CPU has, or what SBERT_FORCE_ISA names (generic, avx2,
/// avx512). THROWS: unsupported if SBERT_FORCE_ISA names something unknown or something this CPU lacks.
template <class T>
const KernelTable<T>& kernels();

/// The plain-C++ twin that tests compare the others with.
template <class T>
const KernelTable<T>& generic_kernels();

}  // namespace sbert
