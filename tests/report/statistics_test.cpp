#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "base/rng.h"
#include "report/distinct.h"
#include "report/spread.h"
#include "report/text_statistics.h"

namespace sbert::report {
namespace {

TEST(Spread, KeepsTheFirstAndEvenlySpreadOthers) {
  for (const size_t size : {1U, 2U, 7U, 8U, 9U, 1000U, 12345U}) {
    Spread<size_t> spread(8);
    for (size_t i = 0; i < size; ++i)
      spread.add([&] { return i; });
    const auto& kept = spread.kept();
    EXPECT_LE(kept.size(), 8U);
    EXPECT_GE(kept.size(), std::min<size_t>(size, 4));
    EXPECT_EQ(kept[0], 0U);
    const size_t stride = kept.size() > 1 ? kept[1] : 1;
    for (size_t i = 0; i < kept.size(); ++i)
      EXPECT_EQ(kept[i], i * stride);
    EXPECT_LE(size - kept.back(), stride);
  }
}

TEST(Spread, ItemsThatOwnSomethingSurvive) {
  Spread<std::string> spread(4);
  for (size_t i = 0; i < 40; ++i)
    spread.add([&] { return "a string that is too long for its object " + std::to_string(i); });
  EXPECT_EQ(spread.kept().front(), "a string that is too long for its object 0");
}

TEST(SpreadIndices, FromTheFirstToTheLast) {
  EXPECT_EQ(spread_indices(3, 5), (std::vector<size_t>{0, 1, 2}));
  EXPECT_EQ(spread_indices(100, 3), (std::vector<size_t>{0, 49, 99}));
  EXPECT_EQ(spread_indices(100, 1), (std::vector<size_t>{0}));
  EXPECT_TRUE(spread_indices(0, 3).empty());
}

TEST(DistinctCounter, IsExactForFewAndCloseForMany) {
  for (const uint64_t different : {1U, 1'000U, 65'535U, 100'000U, 1'000'000U}) {
    DistinctCounter counter;
    for (int times = 0; times < 3; ++times) {
      Rng random(7);
      for (uint64_t i = 0; i < different; ++i)
        counter.add(random.next());
    }
    const auto counted = static_cast<double>(counter.count());
    EXPECT_EQ(counter.exact(), different < 65'536);
    EXPECT_NEAR(counted, static_cast<double>(different), counter.exact() ? 0 : 0.02 * static_cast<double>(different));
  }
  DistinctCounter none;
  EXPECT_EQ(none.count(), 0U);
}

TEST(TextCounter, AddsUp) {
  TextCounter counter;
  counter.add("a", 3, false);
  counter.add("b", 5, false);
  counter.add("a", 3, false);
  counter.add("", 2, false);
  counter.add("long", 40, true);
  const TextStatistics statistics = counter.finish("anchor", 16);
  EXPECT_EQ(statistics.column, "anchor");
  EXPECT_EQ(statistics.rows, 5U);
  EXPECT_EQ(statistics.distinct, 4U);
  EXPECT_EQ(statistics.empty, 1U);
  EXPECT_EQ(statistics.shortest, 2U);
  EXPECT_EQ(statistics.longest, 40U);
  EXPECT_DOUBLE_EQ(statistics.mean, 53.0 / 5);
  EXPECT_DOUBLE_EQ(statistics.truncation_rate(), 0.2);
}

TEST(Histogram, OutliersDoNotFlattenIt) {
  std::map<uint64_t, uint64_t> counts;
  for (uint64_t i = 10; i < 58; ++i)
    counts[i] = 100;
  counts[100'000] = 1;
  const Histogram histogram = make_histogram(counts, 24, 0);
  EXPECT_EQ(histogram.begin, 10);
  EXPECT_EQ(histogram.width, 2);
  EXPECT_EQ(histogram.counts, std::vector<uint64_t>(24, 200));
  EXPECT_EQ(histogram.beyond, 1U);
  // But a limit is inside.
  const Histogram wide = make_histogram(counts, 24, 128);
  EXPECT_GE(wide.begin + wide.width * static_cast<double>(wide.counts.size()), 128);
  EXPECT_LE(wide.counts.size(), 24U);
  EXPECT_EQ(make_histogram({{7, 3}}, 24, 0).counts, std::vector<uint64_t>{3});
}

}  // namespace
}  // namespace sbert::report
