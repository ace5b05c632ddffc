#include "base/bfloat16.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace sbert {
namespace {

TEST(BFloat16, EveryValueSurvivesTheRoundTrip) {
  for (uint32_t bits = 0; bits < 0x10000; ++bits) {
    const float value = to_float(BFloat16{static_cast<uint16_t>(bits)});
    const BFloat16 again = to_bfloat16(value);
    if (std::isnan(value)) {
      ASSERT_TRUE(std::isnan(to_float(again))) << bits;
    } else {
      ASSERT_EQ(again.bits, bits);
    }
  }
}

TEST(BFloat16, RoundsToNearestEven) {
  const auto rounded = [](float value) { return to_float(to_bfloat16(value)); };
  EXPECT_EQ(rounded(1 + 0x1p-8F), 1.0F) << "a tie goes to the even neighbour";
  EXPECT_EQ(rounded(1 + 0x3p-8F), 1 + 0x1p-6F);
  EXPECT_EQ(rounded(1 + 0x1p-8F + 0x1p-20F), 1 + 0x1p-7F);
  EXPECT_EQ(rounded(-1 - 0x1p-8F - 0x1p-20F), -1 - 0x1p-7F);
  EXPECT_EQ(rounded(std::numeric_limits<float>::max()), std::numeric_limits<float>::infinity());
  EXPECT_EQ(rounded(-std::numeric_limits<float>::infinity()), -std::numeric_limits<float>::infinity());
  EXPECT_TRUE(std::isnan(rounded(std::bit_cast<float>(0x7f800001U)))) << "a NaN whose upper half is infinity";
}

}  // namespace
}  // namespace sbert
