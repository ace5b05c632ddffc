#include "train/best_model.h"

#include <cmath>

#include <gtest/gtest.h>

#include <sbert/error.h>

#include "support/goldens.h"
#include "support/temporary_directory.h"
#include "support/training_data.h"

namespace sbert {
namespace {

EvaluationReport report(uint64_t step, double value) {
  return {.step = step, .epoch = 0, .result = {.metrics = {{"m", value}}, .primary = "m"}};
}

class Best : public testing::Test {
 protected:
  Best() : model_(test::engine_golden("model").string()), block_(model_.implementation().parameters()) {}

  SentenceTransformer model_;
  ParameterBlock block_;
};

TEST_F(Best, StopsAfterAsManyMissesAndTakesTheBestBack) {
  FitOptions options;
  options.keep_best = true;
  options.early_stopping_patience = 2;
  options.early_stopping_threshold = 0.1;
  BestModel best(options, block_);
  float& value = *block_.values().data<float>();
  const auto evaluate = [&](uint64_t step, double metric) {
    value = static_cast<float>(step);
    best.add(report(step, metric));
    return best.should_stop();
  };
  EXPECT_FALSE(evaluate(1, std::nan("")));
  EXPECT_FALSE(evaluate(2, 0.5));
  EXPECT_FALSE(evaluate(3, 0.55));  // better, but not by the threshold: best, and a miss
  EXPECT_FALSE(evaluate(4, 0.7));   // by more than it: none missed again
  EXPECT_FALSE(evaluate(5, 0.6));
  EXPECT_TRUE(evaluate(6, std::nan("")));
  EXPECT_EQ(best.report()->step, 4U);
  best.restore();
  EXPECT_EQ(value, 4);
}

TEST(BestMetric, BecomesThePrimaryOne) {
  evaluation::EvaluationResult result{.metrics = {{"a", 0.25}, {"b", 0.5}}, .primary = "a"};
  choose_primary(result, "b");
  EXPECT_EQ(result.primary_value(), 0.5);
  try {
    choose_primary(result, "c");
    FAIL() << "took a metric that there is not";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "best_metric: there is no metric 'c'; evaluations have a, b");
  }
}

TEST_F(Best, WithoutKeepBestTheLastParametersStay) {
  const FitOptions options;
  BestModel best(options, block_);
  best.add(report(1, 0.5));
  *block_.values().data<float>() = 42;
  best.restore();
  EXPECT_EQ(*block_.values().data<float>(), 42);
}

}  // namespace
}  // namespace sbert
