#include "kernels/kernel_test.h"

namespace sbert::test {
namespace {

using Arithmetic = KernelTest;
SBERT_FOR_EACH_KERNEL_TABLE(Arithmetic);

TEST_P(Arithmetic, AddScaled) {
  for (const int64_t n : kSizes) {
    const Buffer<float> x(random_values<float>(n, 1));
    Buffer<float> y(random_values<float>(n, 2), 5);
    std::vector<double> expected;
    for (int64_t i = 0; i < n; ++i)
      expected.push_back(double(y[i]) + 0.3 * double(x[i]));
    table().add_scaled(0.3f, x.data(), n, y);
    expect_close(y.data(), expected, 2 * kFloatEpsilon, "y");
    EXPECT_TRUE(y.guard_is_intact());
  }
}

TEST_P(Arithmetic, DotAndSquaredNorm) {
  for (const int64_t n : kSizes) {
    const Buffer<float> x(random_values<float>(n, 1)), y(random_values<float>(n, 2), 7);
    double dot = 0, squares = 0;
    for (int64_t i = 0; i < n; ++i) {
      dot += double(x[i]) * double(y[i]);
      squares += double(x[i]) * double(x[i]);
    }
    // At most n / lanes additions in a row, the products at most 1.
    EXPECT_NEAR(table().dot(x.data(), y.data(), n), dot, kFloatEpsilon * static_cast<double>(n) / 4 + kFloatEpsilon);
    EXPECT_NEAR(table().squared_norm(x.data(), n), squares, 1e-15 * static_cast<double>(n) * (1 + squares));
  }
}

TEST_P(Arithmetic, SquaredNormOfManyKeepsItsDigits) {
  const std::vector<float> x(1 << 20, 0.1f);
  const double exact = double(0.1f) * double(0.1f) * (1 << 20);
  EXPECT_NEAR(table().squared_norm(x.data(), 1 << 20) / exact, 1, 1e-11);
}

TEST_P(Arithmetic, ColumnSumAddsRowsInOrder) {
  for (const int64_t rows : {1, 2, 5, 64}) {
    for (const int64_t cols : kSizes) {
      const Buffer<float> x(random_values<float>(rows * cols, 1));
      const std::vector<float> start = random_values<float>(cols, 2);
      std::vector<float> expected = start;
      for (int64_t r = 0; r < rows; ++r) {
        for (int64_t j = 0; j < cols; ++j)
          expected[j] += x[r * cols + j];
      }
      Buffer<float> whole(start), parts(start, 3);
      table().column_sum(x.data(), rows, cols, 0, cols, whole);
      EXPECT_TRUE(same_bits(whole.values(), expected));
      for (int64_t begin = 0, step = 1; begin < cols; begin += step, step = 2 * step + 1) {
        table().column_sum(x.data(), rows, cols, begin, std::min(cols, begin + step), parts);
      }
      EXPECT_TRUE(same_bits(parts.values(), expected));
      EXPECT_TRUE(whole.guard_is_intact() && parts.guard_is_intact());
    }
  }
}

TEST_P(Arithmetic, NanSpreads) {
  std::vector<float> x(100, 1.f);
  x[71] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_TRUE(std::isnan(table().dot(x.data(), x.data(), 100)));
  EXPECT_TRUE(std::isnan(table().squared_norm(x.data(), 100)));
}

}  // namespace
}  // namespace sbert::test
