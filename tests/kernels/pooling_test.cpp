#include "kernels/kernel_test.h"

namespace sbert::test {
namespace {

using Pooling = KernelTest;
SBERT_FOR_EACH_KERNEL_TABLE(Pooling);

TEST_P(Pooling, SumAddsTokensInBlocks) {
  for (const int64_t length : {1, 2, 3, 20, 300}) {
    for (const int64_t hidden : kSizes) {
      const Buffer<float> x(random_values<float>(length * hidden, 1));
      Buffer<float> y(hidden);
      const float scale = 1 / static_cast<float>(length);
      table().sum_tokens(x.data(), length, hidden, scale, y);
      EXPECT_TRUE(y.guard_is_intact());
      for (int64_t j = 0; j < hidden; ++j) {
        float sum = 0;
        for (int64_t begin = 0; begin < length; begin += 64) {
          float block = 0;
          for (int64_t t = begin; t < std::min(length, begin + 64); ++t)
            block += x[t * hidden + j];
          sum += block;
        }
        ASSERT_EQ(y[j], scale * sum);
      }
    }
  }
}

TEST_P(Pooling, RowsOfATableAreAddedLikeTokens) {
  for (const int64_t count : {0, 1, 3, 20, 300}) {
    for (const int64_t hidden : kSizes) {
      const Buffer<float> entries(random_values<float>(7 * hidden, 1));
      std::vector<int32_t> rows;
      Buffer<float> tokens(count * hidden), expected(hidden), y(hidden);
      for (int64_t i = 0; i < count; ++i) {
        rows.push_back(static_cast<int32_t>(i * 5 % 7));
        std::copy_n(entries.data() + rows.back() * hidden, hidden, tokens.data() + i * hidden);
      }
      table().sum_tokens(tokens.data(), count, hidden, 0.1f, expected);
      table().sum_rows(entries.data(), rows.data(), count, hidden, 0.1f, y);
      EXPECT_TRUE(y.guard_is_intact());
      for (int64_t j = 0; j < hidden; ++j)
        ASSERT_EQ(y[j], expected[j]);
    }
  }
}

TEST_P(Pooling, MaxIsTheFirstOfTheLargest) {
  for (const int64_t length : {1, 2, 3, 20, 300}) {
    for (const int64_t hidden : kSizes) {
      Buffer<float> x(random_values<float>(length * hidden, 1));
      for (int64_t i = 0; i < x.size(); ++i)
        x[i] = std::round(x[i] * 4);  // many ties
      Buffer<float> y(hidden);
      Buffer<int32_t> argmax(hidden);
      table().max_tokens(x, length, hidden, y, argmax);
      EXPECT_TRUE(y.guard_is_intact() && argmax.guard_is_intact());
      for (int64_t j = 0; j < hidden; ++j) {
        int32_t best = 0;
        for (int32_t t = 1; t < length; ++t) {
          if (x[t * hidden + j] > x[best * hidden + j]) best = t;
        }
        ASSERT_EQ(argmax[j], best);
        ASSERT_EQ(y[j], x[best * hidden + j]);
      }
    }
  }
}

TEST_P(Pooling, NanIsTheMaximum) {
  constexpr int64_t kLength = 5, kHidden = 33;
  Buffer<float> x(random_values<float>(kLength * kHidden, 1)), y(kHidden);
  Buffer<int32_t> argmax(kHidden);
  x[2 * kHidden + 32] = x[4 * kHidden + 32] = std::numeric_limits<float>::quiet_NaN();
  table().max_tokens(x, kLength, kHidden, y, argmax);
  EXPECT_TRUE(std::isnan(y[32]));
  EXPECT_EQ(argmax[32], 2);
  EXPECT_FALSE(std::isnan(y[31]));
}

TEST(PoolingBackward, MaxSendsTheGradientToItsArgument) {
  constexpr int64_t kLength = 6, kHidden = 9;
  const auto& table = generic_kernels<double>();
  Buffer<double> x(random_values<double>(kLength * kHidden, 1));
  const std::vector<double> dy = random_values<double>(kHidden, 2);
  std::vector<int32_t> argmax(kHidden);
  const auto forward = [&] {
    std::vector<double> y(kHidden);
    std::vector<int32_t> ignored(kHidden);
    table.max_tokens(x, kLength, kHidden, y.data(), ignored.data());
    return y;
  };
  std::vector<double> y(kHidden), dx(kLength * kHidden, 0.0);
  table.max_tokens(x, kLength, kHidden, y.data(), argmax.data());
  for (int64_t j = 0; j < kHidden; ++j)
    dx[argmax[j] * kHidden + j] = dy[j];
  expect_gradient({x.data(), static_cast<size_t>(x.size())}, forward, dy, dx, "x");
}

}  // namespace
}  // namespace sbert::test
