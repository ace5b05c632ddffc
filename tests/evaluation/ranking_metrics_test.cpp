#include "evaluation/ranking_metrics.h"

#include <cmath>

#include <gtest/gtest.h>

namespace sbert::evaluation {
namespace {

const Ranking kRanking{{false, true, false, true}, 3};

TEST(RankingMetrics, AccuracyAsksForOneHit) {
  EXPECT_EQ(accuracy_at(kRanking, 1), 0);
  EXPECT_EQ(accuracy_at(kRanking, 2), 1);
}

TEST(RankingMetrics, PrecisionDividesByTheCutoffEvenBeyondTheRanking) {
  EXPECT_DOUBLE_EQ(precision_at(kRanking, 3), 1.0 / 3);
  EXPECT_DOUBLE_EQ(precision_at(kRanking, 10), 2.0 / 10);
}

TEST(RankingMetrics, RecallDividesByAllRelevantDocuments) {
  EXPECT_DOUBLE_EQ(recall_at(kRanking, 2), 1.0 / 3);
  EXPECT_DOUBLE_EQ(recall_at(kRanking, 4), 2.0 / 3);
}

TEST(RankingMetrics, ReciprocalRankOfTheFirstHit) {
  EXPECT_DOUBLE_EQ(reciprocal_rank_at(kRanking, 10), 0.5);
  EXPECT_EQ(reciprocal_rank_at(kRanking, 1), 0);
}

TEST(RankingMetrics, NdcgComparesWithTheIdealRanking) {
  const double dcg = 1 / std::log2(3) + 1 / std::log2(5);
  const double ideal = 1 + 1 / std::log2(3) + 1 / std::log2(4);
  EXPECT_DOUBLE_EQ(ndcg_at(kRanking, 10), dcg / ideal);
  EXPECT_DOUBLE_EQ(ndcg_at({{true}, 5}, 1), 1);
}

TEST(RankingMetrics, AveragePrecisionIsCappedAtTheCutoff) {
  EXPECT_DOUBLE_EQ(average_precision_at(kRanking, 10), (1.0 / 2 + 2.0 / 4) / 3);
  EXPECT_DOUBLE_EQ(average_precision_at(kRanking, 2), (1.0 / 2) / 2);
}

TEST(RankingMetrics, NothingFound) {
  const Ranking empty{{}, 2};
  for (const auto metric : {accuracy_at, precision_at, recall_at, reciprocal_rank_at, ndcg_at, average_precision_at}) {
    EXPECT_EQ(metric(empty, 5), 0);
  }
}

}  // namespace
}  // namespace sbert::evaluation
