#include <gtest/gtest.h>

#include <sbert/error.h>

#include "evaluation/duplicates.h"
#include "evaluation/goldens.h"

namespace sbert::evaluation {
namespace {

using test::expect_metrics;

class ParaphraseMining : public testing::Test {
 protected:
  static EvaluationResult evaluate(const Json& data, ParaphraseMiningOptions options) {
    std::map<std::string, std::string> sentences;
    for (const auto& [text, embedding] : data["embeddings"].items())
      sentences.emplace(text, text);
    const std::vector<std::pair<std::string, std::string>> duplicates = data["duplicates"];
    return ParaphraseMiningEvaluator(sentences, duplicates, std::move(options))(test::golden_model(data));
  }

  Json golden_ = test::golden("paraphrase_mining");
};

TEST_F(ParaphraseMining, EqualsPython) {
  expect_metrics(evaluate(golden_, {}), golden_["plain"]);
}

TEST_F(ParaphraseMining, EqualsPythonWithTransitiveClosure) {
  expect_metrics(evaluate(golden_, {.add_transitive_closure = true}), golden_["closure"]);
}

TEST_F(ParaphraseMining, EqualsPythonWithLimits) {
  expect_metrics(evaluate(golden_, {.max_pairs = 60, .top_k = 3}), golden_["limited"]);
}

TEST_F(ParaphraseMining, EqualScoresStandOrFallTogetherAsInPython) {
  expect_metrics(evaluate(golden_["ties"], {}), golden_["ties"]);
}

TEST(ParaphraseMiningErrors, OneSentenceHasNoPairs) {
  EXPECT_THROW(ParaphraseMiningEvaluator({{"1", "a"}}, {}), Error);
}

TEST(Duplicates, TheClosureJoinsChains) {
  EXPECT_EQ(transitive_closure({{0, 2}, {2, 4}, {1, 5}}, 6), (PairSet{{0, 2}, {0, 4}, {1, 5}, {2, 4}}));
  EXPECT_TRUE(transitive_closure({}, 3).empty());
}

}  // namespace
}  // namespace sbert::evaluation
