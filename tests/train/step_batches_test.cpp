#include "train/step_batches.h"

#include <array>
#include <set>

#include <gtest/gtest.h>

namespace sbert {
namespace {

std::vector<size_t> objectives_of(const std::vector<BatchPlace>& order) {
  std::vector<size_t> objectives;
  for (const BatchPlace& place : order)
    objectives.push_back(place.objective);
  return objectives;
}

TEST(EpochOrder, RoundRobinEndsWithTheShortest) {
  const std::array<size_t, 2> sizes{3, 5};
  const auto order = epoch_order(sizes, Mixing::round_robin, 1, 0);
  EXPECT_EQ(objectives_of(order), (std::vector<size_t>{0, 1, 0, 1, 0, 1}));
  EXPECT_EQ(order.back().batch, 2U);
}

TEST(EpochOrder, ProportionalSeesEverythingOnceInAnotherOrderEachEpoch) {
  const std::array<size_t, 2> sizes{30, 50};
  const auto first = epoch_order(sizes, Mixing::proportional, 1, 0);
  std::set<std::pair<size_t, size_t>> seen;
  for (const BatchPlace& place : first)
    seen.emplace(place.objective, place.batch);
  EXPECT_EQ(first.size(), 80U);
  EXPECT_EQ(seen.size(), 80U);
  EXPECT_EQ(objectives_of(first), objectives_of(epoch_order(sizes, Mixing::proportional, 1, 0)));
  EXPECT_NE(objectives_of(first), objectives_of(epoch_order(sizes, Mixing::proportional, 1, 1)));
}

}  // namespace
}  // namespace sbert
