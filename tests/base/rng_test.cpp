#include "base/rng.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

namespace sbert {
namespace {

TEST(Rng, GivesTheNumbersOfSplitMix64) {
  Rng rng(1234567);  // the test vector of the published reference code
  for (const uint64_t expected : {6457827717110365317U, 3203168211198807973U, 9817491932198370423U,
                                  4593380528125082431U, 16408922859458223821U}) {
    EXPECT_EQ(rng.next(), expected);
  }
}

TEST(Rng, ContinuesFromItsState) {
  Rng rng(5);
  rng.next();
  Rng again(rng.state());
  EXPECT_EQ(again.next(), rng.next());
}

TEST(Rng, UniformIsInRange) {
  Rng rng(1);
  double sum = 0;
  for (int i = 0; i < 100'000; ++i) {
    const double x = rng.uniform();
    ASSERT_GE(x, 0);
    ASSERT_LT(x, 1);
    sum += x;
  }
  EXPECT_NEAR(sum / 100'000, 0.5, 0.005);
}

TEST(Rng, BelowIsUnbiased) {
  Rng rng(2);
  std::array<int, 7> counts{};
  for (int i = 0; i < 70'000; ++i)
    ++counts.at(rng.below(7));
  for (const int count : counts)
    EXPECT_NEAR(count, 10'000, 500);  // five standard deviations
  // Without rejection the lower half of this range would come up twice as often as the upper.
  const uint64_t bound = (uint64_t{3} << 62) + 1;
  int low = 0;
  for (int i = 0; i < 30'000; ++i)
    low += static_cast<int>(rng.below(bound) < bound / 3);
  EXPECT_NEAR(low, 10'000, 450);
  for (int i = 0; i < 100; ++i)
    EXPECT_EQ(rng.below(1), 0U);
}

TEST(Rng, ShuffleGivesEveryPermutationEquallyOften) {
  Rng rng(3);
  std::map<std::vector<int>, int> counts;
  for (int i = 0; i < 24'000; ++i) {
    std::vector<int> items{0, 1, 2, 3};
    rng.shuffle(std::span(items));
    ++counts[items];
  }
  ASSERT_EQ(counts.size(), 24U);
  for (const auto& [items, count] : counts)
    EXPECT_NEAR(count, 1000, 160);
}

TEST(Rng, ShuffleKeepsTheItems) {
  Rng rng(4);
  std::vector<int> items(1000);
  std::iota(items.begin(), items.end(), 0);
  const std::vector<int> before = items;
  rng.shuffle(std::span(items));
  EXPECT_NE(items, before);
  std::sort(items.begin(), items.end());
  EXPECT_EQ(items, before);
  std::vector<int> none;
  rng.shuffle(std::span(none));
}

}  // namespace
}  // namespace sbert
