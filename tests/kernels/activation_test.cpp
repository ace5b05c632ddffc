#include "kernels/kernel_test.h"

namespace sbert::test {
namespace {

double normal_cdf(double x) {
  return 0.5 * std::erfc(-x / std::sqrt(2.0));
}
double normal_pdf(double x) {
  return std::exp(-0.5 * x * x) / std::sqrt(2 * std::acos(-1.0));
}

/// Every 1024th float of both signs up to `limit`.
std::vector<float> sweep(float limit) {
  std::vector<float> values;
  for (uint32_t bits = 0; std::bit_cast<float>(bits) <= limit; bits += 1024) {
    values.push_back(std::bit_cast<float>(bits));
    values.push_back(-values.back());
  }
  return values;
}

using Activation = KernelTest;
SBERT_FOR_EACH_KERNEL_TABLE(Activation);

TEST_P(Activation, GeluOfAllMagnitudes) {
  const std::vector<float> x = sweep(100);
  std::vector<float> y(x.size());
  table().gelu(x.data(), static_cast<int64_t>(x.size()), y.data(), nullptr);
  for (size_t i = 0; i < x.size(); ++i) {
    // Phi is 1/2 plus a fraction of up to four roundings; below zero it cancels, as 1 + erf does in PyTorch.
    const double v = double(x[i]);
    ASSERT_NEAR(y[i], v * normal_cdf(v), std::abs(v) * kFloatEpsilon * 2) << v;
  }
}

TEST_P(Activation, GeluBackwardOfAllMagnitudes) {
  const std::vector<float> x = sweep(100);
  const std::vector<float> dy(x.size(), 1.f);
  std::vector<float> dx(x.size());
  table().gelu_backward(x.data(), dy.data(), static_cast<int64_t>(x.size()), dx.data(), nullptr);
  for (size_t i = 0; i < x.size(); ++i) {
    const double v = double(x[i]);
    ASSERT_NEAR(dx[i], normal_cdf(v) + v * normal_pdf(v), 3 * kFloatEpsilon) << v;
  }
}

TEST_P(Activation, TanhWithinTwoUnitsInTheLastPlace) {
  const std::vector<float> x = sweep(100);
  std::vector<float> y(x.size());
  table().tanh(x.data(), static_cast<int64_t>(x.size()), y.data());
  for (size_t i = 0; i < x.size(); ++i) {
    const double expected = std::tanh(double(x[i]));
    const auto rounded = static_cast<float>(std::abs(expected));
    const double ulp = double(std::nextafter(rounded, 2.f)) - double(rounded);
    ASSERT_NEAR(y[i], expected, 2 * ulp) << x[i];
    ASSERT_LE(std::abs(y[i]), 1.f);
  }
}

TEST_P(Activation, EveryElementIsComputedAlikeAndInPlace) {
  for (const int64_t n : kSizes) {
    const Buffer<float> x(random_values<float>(n, 1, 6)), dy(random_values<float>(n, 2));
    Buffer<float> y(n), dx(n), squashed(n);
    Buffer<BFloat16> y_bf16(n), dx_bf16(n);
    table().gelu(x.data(), n, y, y_bf16);
    table().gelu_backward(x.data(), dy.data(), n, dx, dx_bf16);
    table().tanh(x.data(), n, squashed);
    EXPECT_TRUE(y.guard_is_intact() && y_bf16.guard_is_intact() && dx.guard_is_intact() && dx_bf16.guard_is_intact() &&
                squashed.guard_is_intact());
    for (int64_t i = 0; i < n; ++i) {
      float alone = 0;
      table().gelu(x.data() + i, 1, &alone, nullptr);
      ASSERT_EQ(alone, y[i]);
      ASSERT_EQ(y_bf16[i].bits, to_bfloat16(y[i]).bits);
      table().gelu_backward(x.data() + i, dy.data() + i, 1, &alone, nullptr);
      ASSERT_EQ(alone, dx[i]);
      ASSERT_EQ(dx_bf16[i].bits, to_bfloat16(dx[i]).bits);
      table().tanh(x.data() + i, 1, &alone);
      ASSERT_EQ(alone, squashed[i]);
    }
    Buffer<float> in_place(x.values(), 2);
    table().gelu(in_place, n, in_place, nullptr);
    EXPECT_TRUE(same_bits(in_place.values(), y.values()));
    Buffer<float> tanh_in_place(x.values(), 2);
    table().tanh(tanh_in_place, n, tanh_in_place);
    EXPECT_TRUE(same_bits(tanh_in_place.values(), squashed.values()));
    Buffer<float> gradient_in_place(dy.values(), 2);
    table().gelu_backward(x.data(), gradient_in_place, n, gradient_in_place, nullptr);
    EXPECT_TRUE(same_bits(gradient_in_place.values(), dx.values()));
    Buffer<BFloat16> only_rounded(n);
    table().gelu(x.data(), n, nullptr, only_rounded);
    for (int64_t i = 0; i < n; ++i)
      ASSERT_EQ(only_rounded[i].bits, y_bf16[i].bits);
  }
}

TEST_P(Activation, NanAndInfinity) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  std::vector<float> x = {std::numeric_limits<float>::quiet_NaN(), kInfinity, -kInfinity, 1e30f, -1e30f};
  std::vector<float> y(x.size());
  const auto n = static_cast<int64_t>(x.size());
  table().gelu(x.data(), n, y.data(), nullptr);
  EXPECT_TRUE(std::isnan(y[0]));
  EXPECT_EQ(y[1], kInfinity);
  EXPECT_EQ(y[3], 1e30f);
  EXPECT_EQ(y[4], 0.f);
  table().tanh(x.data(), n, y.data());
  EXPECT_TRUE(std::isnan(y[0]));
  EXPECT_EQ(y[1], 1.f);
  EXPECT_EQ(y[2], -1.f);
  const std::vector<float> dy(x.size(), 1.f);
  table().gelu_backward(x.data(), dy.data(), n, y.data(), nullptr);
  EXPECT_TRUE(std::isnan(y[0]));
  EXPECT_EQ(y[3], 1.f);
  EXPECT_EQ(y[4], 0.f);
}

TEST(ActivationBackward, EqualsCentralDifferences) {
  constexpr int64_t kCount = 50;
  const auto& table = generic_kernels<double>();
  Buffer<double> x(random_values<double>(kCount, 1, 5)), dx(kCount);
  const std::vector<double> dy = random_values<double>(kCount, 2);
  table.gelu_backward(x, dy.data(), kCount, dx, nullptr);
  const auto forward = [&] {
    Buffer<double> y(kCount);
    table.gelu(x, kCount, y, nullptr);
    return y.values();
  };
  expect_gradient({x.data(), kCount}, forward, dy, {dx.data(), kCount}, "x");
}

}  // namespace
}  // namespace sbert::test
