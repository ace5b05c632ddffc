#include <gtest/gtest.h>

#include <sbert/error.h>

#include "evaluation/goldens.h"

namespace sbert::evaluation {
namespace {

using test::expect_metrics;

class Triplet : public testing::Test {
 protected:
  EvaluationResult evaluate(TripletOptions options) const {
    const Json& columns = golden_["columns"];
    return TripletEvaluator(columns[0], columns[1], columns[2], std::move(options))(test::golden_model(golden_));
  }

  Json golden_ = test::golden("triplet");
};

TEST_F(Triplet, EqualsPythonWithTheModelsOwnFunction) {
  expect_metrics(evaluate({}), golden_["own"]);
}

TEST_F(Triplet, EqualsPythonWithAllFunctions) {
  expect_metrics(evaluate({.similarity_functions = test::kAllFunctions}), golden_["all"]);
}

TEST_F(Triplet, EqualsPythonWithMargins) {
  TripletOptions options{.similarity_functions = test::kAllFunctions};
  for (const auto& [name, margin] : golden_["margins"].items()) {
    options.margins[similarity_function_from_string(name)] = margin;
  }
  expect_metrics(evaluate(options), golden_["with_margins"]);
}

TEST(TripletPrompts, AnchorsAreQueriesAndTheRestDocuments) {
  SentenceTransformer model = test::lookup_model({{"Q a", {1, 0}}, {"D p", {1, 0}}, {"D n", {0, 1}}});
  model.implementation().prompts = {{"query", "Q "}, {"document", "D "}};
  EXPECT_EQ(TripletEvaluator({"a"}, {"p"}, {"n"})(model).primary_value(), 1);
}

TEST(TripletErrors, LengthsMustAgree) {
  EXPECT_THROW(TripletEvaluator({"a"}, {"b"}, {}), Error);
  EXPECT_THROW(TripletEvaluator({}, {}, {}), Error);
}

}  // namespace
}  // namespace sbert::evaluation
