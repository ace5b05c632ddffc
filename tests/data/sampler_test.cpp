#include "data/sampler.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

namespace sbert {
namespace {

std::vector<size_t> flat(const EpochBatches& batches) {
  std::vector<size_t> order;
  for (size_t i = 0; i < batches.size(); ++i)
    order.insert(order.end(), batches[i].begin(), batches[i].end());
  return order;
}

TEST(Sampler, SequentialKeepsTheOrder) {
  const EpochBatches batches = SequentialSampler(5, 2, false).epoch(3);
  ASSERT_EQ(batches.size(), 3u);
  EXPECT_EQ(flat(batches), (std::vector<size_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(batches[2].size(), 1u);
}

TEST(Sampler, ALastBatchThatIsNotFullCanBeDropped) {
  EXPECT_EQ(SequentialSampler(5, 2, true).epoch(0).size(), 2u);
  EXPECT_EQ(ShuffleSampler(5, 2, true, 1).epoch(0).size(), 2u);
  EXPECT_EQ(SequentialSampler(4, 2, true).epoch(0).size(), 2u);
}

TEST(Sampler, ShuffleTakesEveryExampleOnce) {
  std::vector<size_t> order = flat(ShuffleSampler(1000, 16, false, 42).epoch(0));
  EXPECT_FALSE(std::is_sorted(order.begin(), order.end()));
  std::sort(order.begin(), order.end());
  for (size_t i = 0; i < order.size(); ++i)
    ASSERT_EQ(order[i], i);
  EXPECT_EQ(order.size(), 1000u);
}

TEST(Sampler, AnEpochDependsOnSizeSeedAndNumberAlone) {
  const ShuffleSampler sampler(100, 7, false, 1);
  const auto second = flat(sampler.epoch(1));
  EXPECT_NE(flat(sampler.epoch(0)), second);
  EXPECT_EQ(flat(sampler.epoch(1)), second);
  EXPECT_NE(flat(ShuffleSampler(100, 7, false, 2).epoch(1)), second);
}

TEST(Sampler, TheOrderIsTheSameOnEveryMachine) {
  EXPECT_EQ(shuffled_order(8, 42, 0), (std::vector<size_t>{7, 4, 1, 6, 3, 5, 2, 0}));
}

TEST(Sampler, EveryPermutationIsAboutAsLikely) {
  std::map<std::vector<size_t>, int> count;
  for (uint64_t seed = 0; seed < 6000; ++seed)
    ++count[shuffled_order(3, seed, 5)];
  EXPECT_EQ(count.size(), 6u);
  for (const auto& [order, times] : count)
    EXPECT_NEAR(times, 1000, 150);
}

TEST(Sampler, TheLoaderChooses) {
  const std::vector<InputExample> examples(10, {{"text"}});
  const auto order = [&](bool shuffle) {
    return flat(make_sampler(DataLoader(examples, {.batch_size = 3, .shuffle = shuffle}), 42)->epoch(0));
  };
  EXPECT_EQ(order(false), (std::vector<size_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
  EXPECT_NE(order(true), order(false));
}

}  // namespace
}  // namespace sbert
