#include <gtest/gtest.h>

#include <sbert/error.h>

#include "evaluation/goldens.h"
#include "evaluation/scored_metrics.h"
#include "evaluation/threshold_metrics.h"

namespace sbert::evaluation {
namespace {

using test::expect_metrics;
using Scores = std::vector<float>;
using Labels = std::vector<int>;

class BinaryClassification : public testing::Test {
 protected:
  EvaluationResult evaluate(BinaryClassificationOptions options) const {
    const BinaryClassificationEvaluator evaluator(golden_["sentences1"], golden_["sentences2"], golden_["labels"],
                                                  std::move(options));
    return evaluator(test::golden_model(golden_));
  }

  Json golden_ = test::golden("binary_classification");
};

TEST_F(BinaryClassification, EqualsPythonWithTheModelsOwnFunction) {
  expect_metrics(evaluate({}), golden_["own"]);
}

TEST_F(BinaryClassification, EqualsPythonWithAllFunctions) {
  expect_metrics(evaluate({.similarity_functions = test::kAllFunctions}), golden_["all"]);
}

TEST(BinaryClassificationErrors, LabelsAreZeroOrOne) {
  EXPECT_THROW(BinaryClassificationEvaluator({"a"}, {"b"}, {2}), Error);
  EXPECT_THROW(BinaryClassificationEvaluator({"a"}, {"b"}, {0, 1}), Error);
  EXPECT_THROW(BinaryClassificationEvaluator({}, {}, {}), Error);
}

TEST(ThresholdMetrics, AThresholdLiesBetweenScores) {
  const auto groups = group_by_score(Scores{0.9f, 0.5f, 0.1f}, Labels{1, 1, 0});
  EXPECT_EQ(best_accuracy(groups).accuracy, 1);
  EXPECT_FLOAT_EQ(best_accuracy(groups).threshold, 0.3f);
  EXPECT_EQ(best_f1(groups).f1, 1);
  EXPECT_FLOAT_EQ(best_f1(groups).threshold, 0.3f);
  EXPECT_EQ(matthews_correlation(groups, 0.3f), 1);
}

TEST(ThresholdMetrics, EqualScoresStandOrFallTogether) {
  const auto groups = group_by_score(Scores{0.5f, 0.5f, 0.5f, 0.1f}, Labels{1, 0, 1, 0});
  EXPECT_EQ(best_accuracy(groups).accuracy, 0.75);
  EXPECT_DOUBLE_EQ(best_f1(groups).precision, 2.0 / 3);
}

TEST(ThresholdMetrics, NothingSimilarIsBestLeftUnsaid) {
  const auto groups = group_by_score(Scores{0.9f, 0.1f}, Labels{0, 0});
  EXPECT_EQ(best_accuracy(groups).accuracy, 1);
  EXPECT_GT(best_accuracy(groups).threshold, 0.9f);
  EXPECT_EQ(best_f1(groups).f1, 0);
  EXPECT_EQ(matthews_correlation(groups, 0), 0);
}

TEST(ThresholdMetrics, AMidpointRoundedToTheNextScoreIsNotTaken) {
  const float high = std::nextafter(1.0f, 2.0f);
  const auto groups = group_by_score(Scores{high, 1.0f}, Labels{1, 0});
  EXPECT_EQ(best_f1(groups).threshold, high);
}

TEST(ScoredMetrics, AveragePrecisionGroupsEqualScores) {
  // sklearn.metrics.average_precision_score([1, 0, 1, 0], [.8, .8, .3, .1])
  EXPECT_NEAR(average_precision(Scores{0.8f, 0.8f, 0.3f, 0.1f}, Labels{1, 0, 1, 0}), 0.5833333333333333, 1e-12);
  EXPECT_EQ(average_precision(Scores{1, 2}, Labels{0, 0}), 0);
}

TEST(ScoredMetrics, NdcgAveragesOverTheOrdersOfEqualScores) {
  const auto ndcg = [](int first, int second) { return tie_averaged_ndcg(Scores{1, 1}, Labels{first, second}, 1); };
  EXPECT_DOUBLE_EQ(ndcg(1, 0), 0.5);
  EXPECT_DOUBLE_EQ(ndcg(0, 1), 0.5);
  EXPECT_DOUBLE_EQ(ndcg(1, 1), 1);
  EXPECT_DOUBLE_EQ(ndcg(0, 0), 0);
}

}  // namespace
}  // namespace sbert::evaluation
