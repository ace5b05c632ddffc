#include <algorithm>
#include <utility>

#include <gtest/gtest.h>

#include <sbert/error.h>
#include <sbert/losses.h>

#include "evaluation/goldens.h"
#include "losses/loss.h"

namespace sbert::evaluation {
namespace {

using test::expect_metrics;
using test::lookup_model;

TEST(Translation, EqualsPython) {
  const Json golden = test::golden("translation");
  const TranslationEvaluator evaluator(golden["source"], golden["target"]);
  expect_metrics(evaluator(test::golden_model(golden)), golden["own"]);
}

TEST(Translation, EqualTextsCountAsFound) {
  const SentenceTransformer model = lookup_model({{"a", {1, 0}}, {"b", {1, 0.1f}}, {"same", {1, 0}}});
  EXPECT_EQ(TranslationEvaluator({"a", "b"}, {"same", "same"})(model).metrics.at("src2trg_accuracy"), 1);
}

TEST(Translation, LengthsMustAgree) {
  EXPECT_THROW(TranslationEvaluator({"a"}, {}), Error);
}

TEST(MeanSquaredError, EqualsPython) {
  const Json golden = test::golden("mse");
  const SentenceTransformer model = test::golden_model(golden);
  const MSEEvaluator evaluator(golden["source"], golden["target"], model);
  // Python sums in float32.
  EXPECT_NEAR(evaluator(model).primary_value(), golden["own"]["metrics"]["negative_mse"].get<double>(), 1e-4);
  EXPECT_EQ(evaluator(model).csv.front().file, golden["own"]["csv"]["file"]);
}

TEST(MeanSquaredError, DimensionsMustAgree) {
  const MSEEvaluator evaluator({"a"}, {"a"}, lookup_model({{"a", {1, 0}}}));
  EXPECT_THROW(evaluator(lookup_model({{"a", {1, 0, 0}}})), Error);
}

TEST(LabelAccuracy, EqualsPython) {
  const Json golden = test::golden("label_accuracy");
  const SentenceTransformer model = test::golden_model(golden);
  for (const std::string name : {"plain", "multiplied"}) {
    const Json& expected = golden[name];
    const losses::SoftmaxLoss loss(model, {.num_labels = 3, .concatenation_sent_multiplication = name == "multiplied"});
    const auto head = loss.implementation()->parameters();
    for (const auto& [parameter, values] :
         {std::pair(head[0], expected["weight"]), std::pair(head[1], expected["bias"])})
      std::ranges::copy(values.get<std::vector<float>>(), parameter->value.data<float>());
    const Classifier classifier = [&](const auto& columns) { return loss.classify(columns); };
    const LabelAccuracyEvaluator evaluator(golden["columns"], golden["labels"], classifier, {name});
    expect_metrics(evaluator(model), expected);
  }
}

TEST(LabelAccuracy, CountsTheRowsWhoseClassIsFound) {
  const SentenceTransformer model = lookup_model({{"a", {1, 0}}, {"b", {0, 1}}});
  const Classifier first_column = [](const std::vector<Embeddings>& columns) { return columns[0]; };
  const LabelAccuracyEvaluator evaluator({{"a", "b", "a", "b"}, {"a", "a", "a", "a"}}, {0, 1, 1, 1}, first_column);
  const EvaluationResult result = evaluator(model);
  EXPECT_EQ(result.primary, "accuracy");
  EXPECT_EQ(result.primary_value(), 0.75);
  EXPECT_EQ(result.csv.front().file, "accuracy_evaluation_results.csv");
}

TEST(LabelAccuracy, LengthsMustAgree) {
  EXPECT_THROW(LabelAccuracyEvaluator({{"a"}}, {0, 1}, {}), Error);
  EXPECT_THROW(LabelAccuracyEvaluator({}, {}, {}), Error);
}

class Sequential : public testing::Test {
 protected:
  static std::shared_ptr<const Evaluator> translation(const std::string& name) {
    return std::make_shared<TranslationEvaluator>(std::vector<std::string>{"a", "b"},
                                                  std::vector<std::string>{"a", name}, TranslationOptions{name});
  }

  SentenceTransformer model_ = lookup_model({{"a", {1, 0}}, {"b", {0, 1}}, {"x", {1, 0.1f}}});
};

TEST_F(Sequential, ReportsEverythingAndTheLastPrimaryValue) {
  const EvaluationResult result = SequentialEvaluator({translation("x"), translation("b")})(model_);
  EXPECT_EQ(result.metrics.size(), 7u);
  EXPECT_EQ(result.csv.size(), 2u);
  EXPECT_EQ(result.primary, "sequential_score");
  EXPECT_EQ(result.primary_value(), result.metrics.at("b_mean_accuracy"));
}

TEST_F(Sequential, TheMainScoreCanBeChosen) {
  const auto sum = [](const std::vector<double>& values) { return values[0] + values[1]; };
  const EvaluationResult result = SequentialEvaluator({translation("b"), translation("x")}, sum)(model_);
  EXPECT_EQ(result.primary_value(), result.metrics.at("b_mean_accuracy") + result.metrics.at("x_mean_accuracy"));
}

TEST_F(Sequential, MetricsOfTheSameNameAreAnError) {
  EXPECT_THROW(SequentialEvaluator({translation("b"), translation("b")})(model_), Error);
}

TEST_F(Sequential, NeedsEvaluators) {
  EXPECT_THROW(SequentialEvaluator({}), Error);
}

}  // namespace
}  // namespace sbert::evaluation
