#include "data/sampler.h"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

namespace sbert {
namespace {

std::vector<uint32_t> flat(const EpochBatches& batches) {
  std::vector<uint32_t> order;
  for (size_t i = 0; i < batches.size(); ++i)
    order.insert(order.end(), batches[i].begin(), batches[i].end());
  return order;
}

TEST(Sampler, SequentialKeepsTheOrder) {
  const EpochBatches batches = SequentialSampler(5, 2, false).epoch(3);
  ASSERT_EQ(batches.size(), 3u);
  EXPECT_EQ(flat(batches), (std::vector<uint32_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(batches[2].size(), 1u);
}

TEST(Sampler, ALastBatchThatIsNotFullCanBeDropped) {
  EXPECT_EQ(SequentialSampler(5, 2, true).epoch(0).size(), 2u);
  EXPECT_EQ(ShuffleSampler(5, 2, true, 1).epoch(0).size(), 2u);
  EXPECT_EQ(SequentialSampler(4, 2, true).epoch(0).size(), 2u);
}

TEST(Sampler, ShuffleTakesEveryExampleOnce) {
  std::vector<uint32_t> order = flat(ShuffleSampler(1000, 16, false, 42).epoch(0));
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
  EXPECT_EQ(shuffled_order(8, 42, 0), (std::vector<uint32_t>{7, 4, 1, 6, 3, 5, 2, 0}));
}

TEST(Sampler, EveryPermutationIsAboutAsLikely) {
  std::map<std::vector<uint32_t>, int> count;
  for (uint64_t seed = 0; seed < 6000; ++seed)
    ++count[shuffled_order(3, seed, 5)];
  EXPECT_EQ(count.size(), 6u);
  for (const auto& [order, times] : count)
    EXPECT_NEAR(times, 1000, 150);
}

TEST(Sampler, TheOptionsChoose) {
  const auto order = [&](bool shuffle) {
    return flat(make_sampler({.batch_size = 3, .shuffle = shuffle}, {.examples = 10}, 42)->epoch(0));
  };
  EXPECT_EQ(order(false), ordered(10));
  EXPECT_NE(order(true), ordered(10));
}

/// What NoDuplicatesSampler promises, in the plainest way.
EpochBatches without_duplicates(const std::vector<uint64_t>& hashes, size_t columns, size_t batch_size, bool drop_last,
                                std::vector<uint32_t> waiting) {
  EpochBatches batches;
  while (!waiting.empty()) {
    std::vector<uint32_t> batch, left;
    std::set<uint64_t> texts;
    for (const uint32_t example : waiting) {
      const std::span<const uint64_t> own = std::span(hashes).subspan(example * columns, columns);
      const bool clashes = std::any_of(own.begin(), own.end(), [&](uint64_t text) { return texts.contains(text); });
      if (clashes || batch.size() == batch_size) {
        left.push_back(example);
        continue;
      }
      batch.push_back(example);
      texts.insert(own.begin(), own.end());
    }
    if (batch.size() == batch_size || !drop_last) batches.add(batch);
    waiting = left;
  }
  return batches;
}

TEST(Sampler, NoTextTwiceInABatchAndEveryExampleOnce) {
  Rng random(1);
  for (const size_t kinds : {1, 4, 30, 1000}) {
    for (const size_t columns : {1, 2, 3}) {
      std::vector<uint64_t> hashes(400 * columns);
      for (uint64_t& hash : hashes)
        hash = random.below(kinds) == 0 ? random.next() : random.below(kinds);
      for (const bool drop_last : {false, true}) {
        const NoDuplicatesSampler sampler(hashes, columns, {8, true, drop_last, 7});
        const EpochBatches batches = sampler.epoch(2);
        const EpochBatches wanted = without_duplicates(hashes, columns, 8, drop_last, shuffled_order(400, 7, 2));
        ASSERT_EQ(batches.size(), wanted.size()) << kinds << " kinds in " << columns << " columns";
        EXPECT_EQ(flat(batches), flat(wanted)) << kinds << " kinds in " << columns << " columns";
      }
    }
  }
}

TEST(Sampler, NoDuplicatesInTheOrderOfTheFile) {
  EXPECT_EQ(flat(NoDuplicatesSampler({1, 1, 2, 1, 3}, 1, {2, false, false, 0}).epoch(0)),
            (std::vector<uint32_t>{0, 2, 1, 4, 3}));
}

TEST(Sampler, EveryBatchHasPairsOfTwoLabelsOrMore) {
  std::vector<float> labels;
  for (size_t i = 0; i < 500; ++i)
    labels.push_back(static_cast<float>(i % 7 == 0 ? 100 + i : i % 5));
  const EpochBatches batches = GroupByLabelSampler(labels, 6, false, 3).epoch(1);
  EXPECT_GT(batches.size(), 60u);
  for (size_t i = 0; i < batches.size(); ++i) {
    std::map<float, int> count;
    for (const uint32_t example : batches[i])
      ++count[labels[example]];
    EXPECT_GE(count.size(), 2u);
    for (const auto& [label, members] : count)
      EXPECT_EQ(members % 2, 0) << label;
  }
  std::vector<uint32_t> order = flat(batches);
  std::sort(order.begin(), order.end());
  EXPECT_EQ(std::adjacent_find(order.begin(), order.end()), order.end());
}

}  // namespace
}  // namespace sbert
