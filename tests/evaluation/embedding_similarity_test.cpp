#include <gtest/gtest.h>

#include <sbert/error.h>

#include "evaluation/goldens.h"

namespace sbert::evaluation {
namespace {

using test::expect_metrics;

class EmbeddingSimilarity : public testing::Test {
 protected:
  EvaluationResult evaluate(EmbeddingSimilarityOptions options) const {
    const EmbeddingSimilarityEvaluator evaluator(golden_["sentences1"], golden_["sentences2"], golden_["scores"],
                                                 std::move(options));
    return evaluator(test::golden_model(golden_));
  }

  Json golden_ = test::golden("embedding_similarity");
};

TEST_F(EmbeddingSimilarity, EqualsPythonWithTheModelsOwnFunction) {
  expect_metrics(evaluate({}), golden_["own"]);
}

TEST_F(EmbeddingSimilarity, EqualsPythonWithAllFunctions) {
  expect_metrics(evaluate({.similarity_functions = test::kAllFunctions}), golden_["all"]);
}

TEST_F(EmbeddingSimilarity, TheNameGoesBeforeEveryMetric) {
  const EvaluationResult result = evaluate({.name = "dev"});
  EXPECT_EQ(result.primary, "dev_spearman_cosine");
  EXPECT_TRUE(result.metrics.count("dev_pearson_cosine"));
  EXPECT_EQ(result.metrics.size(), 2u);
}

TEST(EmbeddingSimilarityErrors, LengthsMustAgree) {
  EXPECT_THROW(EmbeddingSimilarityEvaluator({"a", "b"}, {"c", "d"}, {1}), Error);
  EXPECT_THROW(EmbeddingSimilarityEvaluator({"a", "b"}, {"c"}, {1, 2}), Error);
}

TEST(EmbeddingSimilarityErrors, OnePairHasNoCorrelation) {
  EXPECT_THROW(EmbeddingSimilarityEvaluator({"a"}, {"b"}, {1}), Error);
}

}  // namespace
}  // namespace sbert::evaluation
