#include "kernels/kernel_test.h"

namespace sbert::test {
namespace {

using Rounding = KernelTest;
SBERT_FOR_EACH_KERNEL_TABLE(Rounding);

TEST_P(Rounding, EqualsTheScalarFunctionForEveryUpperHalf) {
  // Every sign, exponent and kept bit; of the bits cut off, those where rounding changes its mind.
  for (const uint32_t low : {0x0000u, 0x0001u, 0x7fffu, 0x8000u, 0x8001u, 0xffffu}) {
    std::vector<float> x;
    for (uint32_t high = 0; high < 0x10000u; ++high)
      x.push_back(std::bit_cast<float>(high << 16 | low));
    std::vector<BFloat16> y(x.size());
    table().to_bfloat16(x.data(), static_cast<int64_t>(x.size()), y.data());
    for (size_t i = 0; i < x.size(); ++i) {
      ASSERT_EQ(y[i].bits, to_bfloat16(x[i]).bits) << std::hex << std::bit_cast<uint32_t>(x[i]);
    }
  }
}

TEST_P(Rounding, EverySizeAndBack) {
  for (const int64_t n : kSizes) {
    Buffer<float> x(random_values<float>(n, 1)), back(n);
    Buffer<BFloat16> y(n, 3);
    table().to_bfloat16(x, n, y);
    table().from_bfloat16(y, n, back);
    for (int64_t i = 0; i < n; ++i) {
      ASSERT_EQ(y[i].bits, to_bfloat16(x[i]).bits);
      ASSERT_EQ(back[i], to_float(y[i]));
    }
    EXPECT_TRUE(y.guard_is_intact() && back.guard_is_intact());
  }
}

}  // namespace
}  // namespace sbert::test
