#include "evaluation/correlation.h"

#include <cmath>

#include <gtest/gtest.h>

namespace sbert::evaluation {
namespace {

using Values = std::vector<double>;

TEST(Correlation, TiesShareTheirAverageRank) {
  EXPECT_EQ(average_ranks(Values{10, 20, 20, 5}), (Values{2, 3.5, 3.5, 1}));
  EXPECT_EQ(average_ranks(Values{1, 1, 1}), (Values{2, 2, 2}));
  EXPECT_TRUE(average_ranks(Values{}).empty());
}

TEST(Correlation, PearsonOfALineIsOne) {
  EXPECT_DOUBLE_EQ(pearson(Values{1, 2, 3}, Values{10, 20, 30}), 1);
  EXPECT_DOUBLE_EQ(pearson(Values{1, 2, 3}, Values{3, 2, 1}), -1);
}

TEST(Correlation, PearsonEqualsSciPy) {
  // scipy.stats.pearsonr([1, 2, 3, 4, 9], [2, 1, 4, 3, 5])
  EXPECT_NEAR(pearson(Values{1, 2, 3, 4, 9}, Values{2, 1, 4, 3, 5}), 0.8122769321068952, 1e-12);
}

TEST(Correlation, PearsonIsStableFarFromZero) {
  EXPECT_NEAR(pearson(Values{1e8 + 1, 1e8 + 2, 1e8 + 3, 1e8 + 4}, Values{1, 2, 3, 5}), 0.9827076298239908, 1e-7);
}

TEST(Correlation, SpearmanLooksAtRanksOnly) {
  EXPECT_DOUBLE_EQ(spearman(Values{1, 2, 3, 4}, Values{1, 10, 100, 1000}), 1);
  // scipy.stats.spearmanr([1, 2, 2, 3, 5], [5, 6, 6, 8, 7])
  EXPECT_NEAR(spearman(Values{1, 2, 2, 3, 5}, Values{5, 6, 6, 8, 7}), 0.8947368421052632, 1e-12);
}

TEST(Correlation, AConstantSideGivesNotANumber) {
  EXPECT_TRUE(std::isnan(pearson(Values{0.1, 0.1, 0.1}, Values{1, 2, 3})));
  EXPECT_TRUE(std::isnan(spearman(Values{1, 2, 3}, Values{4, 4, 4})));
}

TEST(Correlation, NotANumberStaysOne) {
  EXPECT_TRUE(std::isnan(spearman(Values{1, std::nan(""), 3}, Values{4, 5, 6})));
}

}  // namespace
}  // namespace sbert::evaluation
