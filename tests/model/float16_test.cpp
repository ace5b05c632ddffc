#include "model/float16.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace sbert {
namespace {

TEST(Float16, EveryValueSurvivesTheRoundTrip) {
  for (uint32_t bits = 0; bits < 0x10000; ++bits) {
    const float value = from_float16(static_cast<uint16_t>(bits));
    if (std::isnan(value)) {
      ASSERT_TRUE(std::isnan(from_float16(to_float16(value)))) << bits;
    } else {
      ASSERT_EQ(to_float16(value), bits);
    }
  }
}

TEST(Float16, KnownValues) {
  EXPECT_EQ(from_float16(0x3c00), 1.0F);
  EXPECT_EQ(from_float16(0xc000), -2.0F);
  EXPECT_EQ(from_float16(0x7bff), 65504.0F);
  EXPECT_EQ(from_float16(0x0400), 0x1p-14F) << "smallest normal";
  EXPECT_EQ(from_float16(0x0001), 0x1p-24F) << "smallest subnormal";
  EXPECT_EQ(from_float16(0xfc00), -std::numeric_limits<float>::infinity());
  EXPECT_TRUE(std::signbit(from_float16(0x8000)));
}

/// Every float between two neighbouring halves goes to the nearer one, and the one in the middle to the even one.
TEST(Float16, RoundsToNearestEven) {
  for (uint32_t bits = 0; bits < 0x7bff; ++bits) {
    const float low = from_float16(static_cast<uint16_t>(bits));
    const float high = from_float16(static_cast<uint16_t>(bits + 1));
    const float middle = (low + high) / 2;  // exact: a float has 13 more bits
    ASSERT_EQ(to_float16(middle), bits % 2 == 0 ? bits : bits + 1);
    ASSERT_EQ(to_float16(std::nextafter(middle, low)), bits);
    ASSERT_EQ(to_float16(std::nextafter(middle, high)), bits + 1);
    ASSERT_EQ(to_float16(-std::nextafter(middle, high)), (bits + 1) | 0x8000U);
  }
}

TEST(Float16, TooLargeBecomesInfinite) {
  EXPECT_EQ(to_float16(std::nextafter(65520.0F, 0.0F)), 0x7bff);
  EXPECT_EQ(to_float16(65520.0F), 0x7c00);
  EXPECT_EQ(to_float16(-1e10F), 0xfc00);
  EXPECT_EQ(to_float16(std::numeric_limits<float>::infinity()), 0x7c00);
  EXPECT_EQ(to_float16(0x1p-26F), 0) << "too small becomes zero";
}

}  // namespace
}  // namespace sbert
