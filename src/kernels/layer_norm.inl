#pragma once

#include "kernels/arithmetic.inl"
#include "kernels/math.inl"
#include "kernels/rounding.inl"

namespace sbert {
namespace {

/// Two passes for the variance: sum of squares minus squared sum would cancel where |mean| >> sigma.
template <class T>
void layer_norm(const T* x, const T* residual, const T* gamma, const T* beta, T epsilon, int64_t rows, int64_t cols,
                T* sum, T* y, BFloat16* y_bf16, T* mean, T* rstd) {
  const T inverse_cols = 1 / static_cast<T>(cols);
  for (int64_t r = 0; r < rows; ++r) {
    const T* row_x = x + r * cols;
    const T* row_residual = residual ? residual + r * cols : nullptr;
    T* row_sum = sum ? sum + r * cols : nullptr;
    const auto value = [=](int64_t j, int64_t lanes) {
      Vec<T> v = load_lanes(row_x + j, lanes);
      if (row_residual) v += load_lanes(row_residual + j, lanes);
      return v;
    };

    const T row_mean = inverse_cols * sum_lanes<T>(sum_vectors<T>(cols, [=](int64_t j, int64_t lanes) {
                         const Vec<T> v = value(j, lanes);
                         if (row_sum) store_lanes(row_sum + j, v, lanes);
                         return v;
                       }));
    const auto centred = [=](int64_t j, int64_t lanes) {
      return (row_sum ? load_lanes(row_sum + j, lanes) : value(j, lanes)) - row_mean;
    };
    const T variance = inverse_cols * sum_lanes<T>(sum_vectors<T>(cols, [=](int64_t j, int64_t lanes) {
                         const Vec<T> v = keep_lanes<T>(centred(j, lanes), lanes);
                         return v * v;
                       }));
    const T row_rstd = 1 / square_root(variance + epsilon);
    for_each_vector<T>(cols, [=](int64_t j, int64_t lanes) {
      const Vec<T> normal = centred(j, lanes) * row_rstd;
      store_both<T>(y ? y + r * cols : nullptr, y_bf16 ? y_bf16 + r * cols : nullptr, j,
                    normal * load_lanes(gamma + j, lanes) + load_lanes(beta + j, lanes), lanes);
    });
    if (mean) mean[r] = row_mean;
    if (rstd) rstd[r] = row_rstd;
  }
}

template <class T>
void layer_norm_backward(const T* dy, const T* sum, const T* gamma, const T* mean, const T* rstd, int64_t rows,
                         int64_t cols, T* dx) {
  const T inverse_cols = 1 / static_cast<T>(cols);
  for (int64_t r = 0; r < rows; ++r) {
    const T* row_dy = dy + r * cols;
    const T* row_sum = sum + r * cols;
    T* row_dx = dx + r * cols;
    const T row_mean = mean[r];
    const T row_rstd = rstd[r];
    const auto g = [=](int64_t j, int64_t lanes) {
      return load_lanes(row_dy + j, lanes) * load_lanes(gamma + j, lanes);
    };
    const auto xhat = [=](int64_t j, int64_t lanes) { return (load_lanes(row_sum + j, lanes) - row_mean) * row_rstd; };

    const T mean_g = inverse_cols * sum_lanes<T>(sum_vectors<T>(cols, g));
    // Beyond the row g is zero, so the product is too.
    const T mean_g_xhat =
        inverse_cols *
        sum_lanes<T>(sum_vectors<T>(cols, [=](int64_t j, int64_t lanes) { return g(j, lanes) * xhat(j, lanes); }));
    for_each_vector<T>(cols, [=](int64_t j, int64_t lanes) {
      store_lanes<T>(row_dx + j, row_rstd * (g(j, lanes) - mean_g - xhat(j, lanes) * mean_g_xhat), lanes);
    });
  }
}

template <class T>
void layer_norm_backward_parameters(const T* dy, const T* sum, const T* mean, const T* rstd, int64_t rows, int64_t cols,
                                    int64_t column_begin, int64_t column_end, T* dgamma, T* dbeta) {
  const auto gradient = [=](int64_t r, int64_t j, int64_t lanes) { return load_lanes(dy + r * cols + j, lanes); };
  const auto gradient_xhat = [=](int64_t r, int64_t j, int64_t lanes) {
    return gradient(r, j, lanes) * ((load_lanes(sum + r * cols + j, lanes) - mean[r]) * rstd[r]);
  };
  for_each_row_block(rows, [=](int64_t row_begin, int64_t row_end) {
    sum_row_block<T>(row_begin, row_end, column_begin, column_end, dgamma, gradient_xhat);
    sum_row_block<T>(row_begin, row_end, column_begin, column_end, dbeta, gradient);
  });
}

}  // namespace
}  // namespace sbert
