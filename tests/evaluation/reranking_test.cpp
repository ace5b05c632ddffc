#include <gtest/gtest.h>

#include <sbert/error.h>

#include "evaluation/goldens.h"

namespace sbert::evaluation {
namespace {

using test::expect_metrics;

class Reranking : public testing::Test {
 protected:
  EvaluationResult evaluate(size_t at_k) const {
    std::vector<RerankingSample> samples;
    for (const Json& sample : golden_["samples"]) {
      samples.push_back({sample["query"], sample["positive"], sample["negative"]});
    }
    return RerankingEvaluator(samples, {.at_k = at_k})(test::golden_model(golden_));
  }

  Json golden_ = test::golden("reranking");
};

TEST_F(Reranking, EqualsPythonAtTen) {
  expect_metrics(evaluate(10), golden_["at_10"]);
}

TEST_F(Reranking, EqualsPythonAtThree) {
  expect_metrics(evaluate(3), golden_["at_3"]);
}

TEST(RerankingErrors, ASampleNeedsBothKindsOfDocuments) {
  EXPECT_THROW(RerankingEvaluator({{"q", {"p"}, {}}, {"q", {}, {"n"}}}), Error);
}

TEST(RerankingErrors, TheCutoffStartsAtOne) {
  EXPECT_THROW(RerankingEvaluator({{"q", {"p"}, {"n"}}}, {.at_k = 0}), Error);
}

}  // namespace
}  // namespace sbert::evaluation
