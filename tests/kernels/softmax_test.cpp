#include <algorithm>

#include "kernels/kernel_test.h"

namespace sbert::test {
namespace {

using Softmax = KernelTest;
SBERT_FOR_EACH_KERNEL_TABLE(Softmax);

TEST_P(Softmax, EqualsItsDefinition) {
  for (const int64_t n : kSizes) {
    for (const double scale : {1.0, 30.0, 1000.0}) {
      const std::vector<float> x = random_values<float>(n, 1, scale);
      const double highest = *std::max_element(x.begin(), x.end());
      std::vector<double> expected;
      double sum = 0;
      for (const float v : x)
        sum += expected.emplace_back(std::exp(double(v) - highest));
      for (double& v : expected)
        v /= sum;
      Buffer<float> y(x);
      const double logsumexp = table().softmax(y, n);
      // Subtracting the maximum rounds the exponent, exp turns that into a relative error.
      for (int64_t i = 0; i < n; ++i) {
        const double exponent = highest - double(x[i]);
        ASSERT_NEAR(y[i], expected[i], expected[i] * kFloatEpsilon * (8 + exponent) + 2e-38) << n;
      }
      EXPECT_NEAR(logsumexp, highest + std::log(sum), 2 * kFloatEpsilon * (1 + std::abs(highest)));
      EXPECT_TRUE(y.guard_is_intact());
    }
  }
}

TEST_P(Softmax, NanSpreadsAndMinusInfinityIsZero) {
  for (const int64_t n : {3, 16, 20, 100}) {
    Buffer<float> y(std::vector<float>(static_cast<size_t>(n), 1.f));
    y[n - 1] = -std::numeric_limits<float>::infinity();
    table().softmax(y, n);
    EXPECT_EQ(y[n - 1], 0.f);
    EXPECT_FLOAT_EQ(y[0], 1.f / static_cast<float>(n - 1));
    y[n / 2] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_TRUE(std::isnan(table().softmax(y, n)));
    for (int64_t i = 0; i < n; ++i)
      EXPECT_TRUE(std::isnan(y[i]));
  }
}

}  // namespace
}  // namespace sbert::test
