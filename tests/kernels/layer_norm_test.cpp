#include "kernels/kernel_test.h"

namespace sbert::test {
namespace {

constexpr float kModelEpsilon = 1e-12f;

struct Reference {
  std::vector<double> sum, y, mean, rstd;
};

/// The definition, in double.
template <class T>
Reference reference(const T* x, const T* residual, const T* gamma, const T* beta, int64_t rows, int64_t cols) {
  Reference r;
  for (int64_t i = 0; i < rows; ++i) {
    double mean = 0, variance = 0;
    for (int64_t j = 0; j < cols; ++j) {
      // The sum is stored in T, and what is normalised is what was stored.
      r.sum.push_back(static_cast<double>(residual ? x[i * cols + j] + residual[i * cols + j] : x[i * cols + j]));
      mean += r.sum.back() / static_cast<double>(cols);
    }
    for (int64_t j = 0; j < cols; ++j)
      variance += std::pow(r.sum[i * cols + j] - mean, 2) / static_cast<double>(cols);
    const double rstd = 1 / std::sqrt(variance + static_cast<double>(kModelEpsilon));
    for (int64_t j = 0; j < cols; ++j) {
      r.y.push_back((r.sum[i * cols + j] - mean) * rstd * static_cast<double>(gamma[j]) + static_cast<double>(beta[j]));
    }
    r.mean.push_back(mean);
    r.rstd.push_back(rstd);
  }
  return r;
}

template <class T>
struct Problem {
  Problem(int64_t rows, int64_t cols)
      : x(random_values<T>(rows * cols, 1)),
        residual(random_values<T>(rows * cols, 2)),
        gamma(random_values<T>(cols, 3)),
        beta(random_values<T>(cols, 4)),
        dy(random_values<T>(rows * cols, 5)) {}
  Buffer<T> x, residual, gamma, beta, dy;
};

using LayerNorm = KernelTest;
SBERT_FOR_EACH_KERNEL_TABLE(LayerNorm);

TEST_P(LayerNorm, EqualsItsDefinition) {
  constexpr int64_t kRows = 3;
  for (const int64_t cols : kSizes) {
    if (cols < 3) continue;  // of two numbers only the sign is left: rstd is too large for a fixed tolerance
    for (const bool with_residual : {false, true}) {
      Problem<float> p(kRows, cols);
      float* residual = with_residual ? p.residual.data() : nullptr;
      const Reference expected = reference<float>(p.x, residual, p.gamma, p.beta, kRows, cols);
      Buffer<float> sum(kRows * cols), y(kRows * cols), mean(kRows), rstd(kRows);
      Buffer<BFloat16> rounded(kRows * cols);
      table().layer_norm(p.x, residual, p.gamma, p.beta, kModelEpsilon, kRows, cols, sum, y, rounded, mean, rstd);

      const std::string what = std::to_string(cols);
      expect_close(sum.data(), expected.sum, 0, "sum " + what);
      expect_close(mean.data(), expected.mean, 4 * kFloatEpsilon, "mean " + what);
      for (int64_t r = 0; r < kRows; ++r) {
        ASSERT_NEAR(rstd[r] / expected.rstd[r], 1, 16 * kFloatEpsilon);
      }
      expect_close(y.data(), expected.y, 32 * kFloatEpsilon, "y " + what);
      for (int64_t i = 0; i < y.size(); ++i)
        ASSERT_EQ(rounded[i].bits, to_bfloat16(y[i]).bits);
      EXPECT_TRUE(sum.guard_is_intact() && y.guard_is_intact() && rounded.guard_is_intact());
    }
  }
}

TEST_P(LayerNorm, AnyOutputMayBeLeftOutOrTakeThePlaceOfAnInput) {
  constexpr int64_t kRows = 2;
  for (const int64_t cols : kSizes) {
    Problem<float> p(kRows, cols);
    Buffer<float> sum(kRows * cols), y(kRows * cols), only_y(kRows * cols);
    const auto run = [&](float* x, float* sum_out, float* y_out, BFloat16* rounded) {
      table().layer_norm(x, p.residual, p.gamma, p.beta, 1e-5f, kRows, cols, sum_out, y_out, rounded, nullptr, nullptr);
    };
    run(p.x, sum, y, nullptr);
    run(p.x, nullptr, only_y, nullptr);
    EXPECT_TRUE(same_bits(y.values(), only_y.values()));
    Buffer<float> y_over_sum(kRows * cols);
    run(p.x, y_over_sum, y_over_sum, nullptr);
    EXPECT_TRUE(same_bits(y.values(), y_over_sum.values()));
    Buffer<float> over_x(p.x.values());
    run(over_x, over_x, nullptr, nullptr);
    EXPECT_TRUE(same_bits(sum.values(), over_x.values()));
    Buffer<float> y_over_x(p.x.values());
    run(y_over_x, nullptr, y_over_x, nullptr);
    EXPECT_TRUE(same_bits(y.values(), y_over_x.values()));
    Buffer<BFloat16> rounded(kRows * cols);
    run(p.x, nullptr, nullptr, rounded);
    for (int64_t i = 0; i < y.size(); ++i)
      ASSERT_EQ(rounded[i].bits, to_bfloat16(y[i]).bits);
  }
}

TEST_P(LayerNorm, RowsDoNotDependOnHowTheyAreCut) {
  constexpr int64_t kRows = 7;
  for (const int64_t cols : kSizes) {
    Problem<float> p(kRows, cols);
    Buffer<float> whole(kRows * cols), apart(kRows * cols, 9);
    table().layer_norm(p.x, p.residual, p.gamma, p.beta, 1e-5f, kRows, cols, nullptr, whole, nullptr, nullptr, nullptr);
    for (int64_t r = kRows - 1; r >= 0; --r) {
      table().layer_norm(p.x + r * cols, p.residual + r * cols, p.gamma, p.beta, 1e-5f, 1, cols, nullptr,
                         apart + r * cols, nullptr, nullptr, nullptr);
    }
    EXPECT_TRUE(same_bits(whole.values(), apart.values())) << cols;
  }
}

TEST_P(LayerNorm, LargeMeanDoesNotCancel) {
  constexpr int64_t kCols = 384;
  Buffer<float> x(random_values<float>(kCols, 1)), y(kCols);
  for (int64_t j = 0; j < kCols; ++j)
    x[j] += 1000;
  const std::vector<float> ones(kCols, 1), zeros(kCols, 0);
  const Reference expected = reference<float>(x, nullptr, ones.data(), zeros.data(), 1, kCols);
  table().layer_norm(x, nullptr, ones.data(), zeros.data(), 1e-12f, 1, kCols, nullptr, y, nullptr, nullptr, nullptr);
  expect_close(y.data(), expected.y, 3 * 1000 * kFloatEpsilon, "y");
}

TEST_P(LayerNorm, NanStaysInItsRow) {
  for (const int64_t cols : {5, 33, 384}) {
    Problem<float> p(3, cols);
    p.x[cols + cols - 1] = std::numeric_limits<float>::quiet_NaN();
    Buffer<float> y(3 * cols);
    table().layer_norm(p.x, nullptr, p.gamma, p.beta, 1e-5f, 3, cols, nullptr, y, nullptr, nullptr, nullptr);
    for (int64_t i = 0; i < y.size(); ++i)
      EXPECT_EQ(std::isnan(y[i]), i / cols == 1);
  }
}

template <class T>
struct Gradients {
  Gradients(int64_t rows, int64_t cols)
      : x(rows * cols),
        gamma(std::vector<T>(static_cast<size_t>(cols), T{0})),
        beta(std::vector<T>(static_cast<size_t>(cols), T{0})) {}
  Buffer<T> x, gamma, beta;
};

template <class T>
void run_both(const KernelTable<T>& table, Problem<T>& p, int64_t rows, int64_t cols, Gradients<T>& gradients) {
  Buffer<T> sum(rows * cols), y(rows * cols), mean(rows), rstd(rows);
  table.layer_norm(p.x, p.residual, p.gamma, p.beta, T(1e-5), rows, cols, sum, y, nullptr, mean, rstd);
  table.layer_norm_backward(p.dy, sum, p.gamma, mean, rstd, rows, cols, gradients.x);
  const int64_t cut = cols / 3;  // the columns are shared out among threads
  table.layer_norm_backward_parameters(p.dy, sum, mean, rstd, rows, cols, 0, cut, gradients.gamma, gradients.beta);
  table.layer_norm_backward_parameters(p.dy, sum, mean, rstd, rows, cols, cut, cols, gradients.gamma, gradients.beta);
  EXPECT_TRUE(gradients.x.guard_is_intact() && gradients.gamma.guard_is_intact() && gradients.beta.guard_is_intact());
}

TEST(LayerNormBackward, EqualsCentralDifferences) {
  constexpr int64_t kRows = 3;
  const auto& table = generic_kernels<double>();
  for (const int64_t cols : {2, 3, 8, 17}) {
    Problem<double> p(kRows, cols);
    Gradients<double> gradients(kRows, cols);
    run_both(table, p, kRows, cols, gradients);
    const auto forward = [&] {
      Buffer<double> y(kRows * cols);
      table.layer_norm(p.x, p.residual, p.gamma, p.beta, 1e-5, kRows, cols, nullptr, y, nullptr, nullptr, nullptr);
      return y.values();
    };
    const auto all = static_cast<size_t>(kRows * cols);
    const auto row = static_cast<size_t>(cols);
    const std::span<const double> weight(p.dy.data(), all);
    if (cols > 2) expect_gradient({p.x.data(), all}, forward, weight, {gradients.x.data(), all}, "x");
    expect_gradient({p.gamma.data(), row}, forward, weight, {gradients.gamma.data(), row}, "gamma");
    expect_gradient({p.beta.data(), row}, forward, weight, {gradients.beta.data(), row}, "beta");
  }
}

TEST_P(LayerNorm, BackwardEqualsDouble) {
  constexpr int64_t kRows = 5;
  for (const int64_t cols : kSizes) {
    if (cols < 3) continue;
    Problem<float> p(kRows, cols);
    Problem<double> exact(kRows, cols);
    for (int64_t i = 0; i < kRows * cols; ++i) {
      exact.x[i] = p.x[i];
      exact.residual[i] = p.residual[i];
      exact.dy[i] = p.dy[i];
    }
    for (int64_t j = 0; j < cols; ++j) {
      exact.gamma[j] = p.gamma[j];
      exact.beta[j] = p.beta[j];
    }
    Gradients<float> gradients(kRows, cols);
    Gradients<double> expected(kRows, cols);
    run_both(table(), p, kRows, cols, gradients);
    run_both(generic_kernels<double>(), exact, kRows, cols, expected);
    expect_close(gradients.x.data(), expected.x.values(), 100 * kFloatEpsilon, "dx " + std::to_string(cols));
    expect_close(gradients.gamma.data(), expected.gamma.values(), 50 * kFloatEpsilon, "dgamma " + std::to_string(cols));
    expect_close(gradients.beta.data(), expected.beta.values(), 10 * kFloatEpsilon, "dbeta " + std::to_string(cols));

    Buffer<float> sum(kRows * cols), y(kRows * cols), mean(kRows), rstd(kRows);
    table().layer_norm(p.x, p.residual, p.gamma, p.beta, 1e-5f, kRows, cols, sum, y, nullptr, mean, rstd);
    Buffer<float> in_place(p.dy.values());
    table().layer_norm_backward(in_place, sum, p.gamma, mean, rstd, kRows, cols, in_place);
    EXPECT_TRUE(same_bits(in_place.values(), gradients.x.values()));
  }
}

}  // namespace
}  // namespace sbert::test
