#include <gtest/gtest.h>

#include <sbert/error.h>

#include "evaluation/goldens.h"

namespace sbert::evaluation {
namespace {

using Texts = std::map<std::string, std::string>;
using Relevant = std::map<std::string, std::set<std::string>>;
using test::expect_metrics;
using test::lookup_model;

class InformationRetrieval : public testing::Test {
 protected:
  EvaluationResult evaluate(InformationRetrievalOptions options) const {
    const InformationRetrievalEvaluator evaluator(texts("queries"), texts("corpus"), golden_["relevant"],
                                                  std::move(options));
    return evaluator(test::golden_model(golden_));
  }

  Texts texts(const char* key) const {
    Texts result;
    for (const std::string text : golden_[key])
      result.emplace(text, text);
    return result;
  }

  Json golden_ = test::golden("information_retrieval");
};

TEST_F(InformationRetrieval, EqualsPythonWithTheModelsOwnFunction) {
  expect_metrics(evaluate({}), golden_["own"]);
}

TEST_F(InformationRetrieval, EqualsPythonWithAllFunctions) {
  InformationRetrievalOptions options;
  options.similarity_functions = test::kAllFunctions;
  expect_metrics(evaluate(options), golden_["all"]);
}

TEST_F(InformationRetrieval, ChunksOfTheCorpusChangeNothing) {
  InformationRetrievalOptions options;
  options.corpus_chunk_size = 7;
  expect_metrics(evaluate(options), golden_["own"]);
}

TEST(InformationRetrievalPrompts, TheModelsOwnPromptsAreUsed) {
  SentenceTransformer model = lookup_model({{"query: q", {1, 0}}, {"doc: a", {1, 0}}, {"doc: b", {0, 1}}});
  model.implementation().prompts = {{"query", "query: "}, {"document", "doc: "}};
  const InformationRetrievalEvaluator evaluator({{"1", "q"}}, {{"x", "a"}, {"y", "b"}}, {{"1", {"x"}}});
  EXPECT_EQ(evaluator(model).metrics.at("cosine_accuracy@1"), 1);
}

TEST(InformationRetrievalPrompts, GivenPromptsWin) {
  SentenceTransformer model = lookup_model({{"Q q", {1, 0}}, {"D a", {1, 0}}});
  model.implementation().prompts = {{"query", "query: "}, {"document", "document: "}};
  InformationRetrievalOptions options;
  options.query_prompt = "Q ";
  options.corpus_prompt = "D ";
  const InformationRetrievalEvaluator evaluator({{"1", "q"}}, {{"x", "a"}}, {{"1", {"x"}}}, options);
  EXPECT_EQ(evaluator(model).metrics.at("cosine_accuracy@1"), 1);
}

TEST(InformationRetrievalErrors, SomeQueryNeedsARelevantDocument) {
  EXPECT_THROW(InformationRetrievalEvaluator({{"1", "q"}}, {{"x", "a"}}, {}), Error);
  EXPECT_THROW(InformationRetrievalEvaluator({{"1", "q"}}, {{"x", "a"}}, {{"1", {}}}), Error);
}

TEST(InformationRetrievalErrors, AnEmptyCorpus) {
  EXPECT_THROW(InformationRetrievalEvaluator({{"1", "q"}}, {}, {{"1", {"x"}}}), Error);
}

TEST(InformationRetrievalErrors, CutoffsStartAtOne) {
  InformationRetrievalOptions options;
  options.mrr_at_k = {0};
  EXPECT_THROW(InformationRetrievalEvaluator({{"1", "q"}}, {{"x", "a"}}, {{"1", {"x"}}}, options), Error);
}

}  // namespace
}  // namespace sbert::evaluation
