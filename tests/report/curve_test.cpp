#include "report/curve.h"

#include <gtest/gtest.h>

#include "report/history.h"
#include "report/outcome.h"
#include "support/errors.h"

namespace sbert::report {
namespace {

StepReport step(uint64_t number, double loss) {
  return {.step = number,
          .total_steps = 100'000,
          .epoch = static_cast<double>(number) / 1000,
          .loss = loss,
          .losses = {loss, number % 2 == 0 ? loss : std::nan("")},
          .learning_rate = 1 / static_cast<double>(number),
          .gradient_norm = 2,
          .tokens = 10,
          .seconds = 0.5};
}

StepCurve curve_of(uint64_t steps, size_t limit = StepCurve::kLimit) {
  StepCurve curve(limit);
  for (uint64_t i = 1; i <= steps; ++i)
    curve.add(step(i, static_cast<double>(i)));
  return curve;
}

TEST(StepCurve, ShortRunsHaveAPointAStep) {
  const StepCurve curve = curve_of(10);
  ASSERT_EQ(curve.points().size(), 10U);
  EXPECT_EQ(curve.points()[3].last_step, 4U);
  EXPECT_EQ(curve.points()[3].loss.value(), 4);
  EXPECT_EQ(curve.points()[3].losses[1].value(), 4);
  EXPECT_EQ(curve.points()[2].losses[1].count, 0U);
}

TEST(StepCurve, LongRunsStaySmallAndLoseNoStep) {
  for (const uint64_t steps : {1'000U, 1'001U, 4'567U, 100'000U}) {
    const StepCurve curve = curve_of(steps);
    const auto& points = curve.points();
    EXPECT_LE(points.size(), StepCurve::kLimit);
    EXPECT_GT(points.size(), StepCurve::kLimit / 2 - 1);
    uint64_t next = 1, tokens = 0;
    Mean loss;
    for (const CurvePoint& point : points) {
      EXPECT_EQ(point.first_step, next);
      EXPECT_EQ(point.lowest_loss, static_cast<double>(point.first_step));
      EXPECT_EQ(point.highest_loss, static_cast<double>(point.last_step));
      EXPECT_EQ(point.learning_rate, 1 / static_cast<double>(point.last_step));
      EXPECT_EQ(point.tokens_per_second(), 20);
      next = point.last_step + 1;
      tokens += point.tokens;
      loss.add(point.loss);
    }
    EXPECT_EQ(next, steps + 1);
    EXPECT_EQ(tokens, 10 * steps);
    EXPECT_EQ(loss.count, steps);
    EXPECT_DOUBLE_EQ(loss.value(), static_cast<double>(steps + 1) / 2);
  }
}

TEST(StepCurve, FewerPointsForAPicture) {
  const auto points = some_points(curve_of(999), 100);
  EXPECT_EQ(points.size(), 100U);
  EXPECT_EQ(points.front().first_step, 1U);
  EXPECT_EQ(points.back().last_step, 999U);
}

TEST(History, GoesOnAfterABreakAsIfThereWereNone) {
  History history{.curve = curve_of(3'000), .evaluation_seconds = 1.5};
  history.evaluations.push_back({.step = 0, .epoch = 0, .result = {.metrics = {{"a", 0.25}}, .primary = "a"}});
  history.evaluations.push_back(
      {.step = 7, .epoch = 0.5, .result = {.metrics = {{"a", std::nan("")}}, .primary = "a"}});
  history.scores_before = {{0.5, std::nan("")}, {}};
  History again = read_history(parse_json(to_json(history).dump(), "history"), "history");
  EXPECT_EQ(to_json(again).dump(), to_json(history).dump());
  EXPECT_EQ(again.evaluations[1].step, 7U);
  EXPECT_TRUE(std::isnan(again.evaluations[1].result.primary_value()));
  EXPECT_TRUE(std::isnan(again.scores_before[0][1]));
  for (uint64_t i = 3'001; i <= 5'000; ++i)
    again.curve.add(step(i, static_cast<double>(i)));
  EXPECT_EQ(again.curve.to_json().dump(), curve_of(5'000).to_json().dump());
}

TEST(History, DamagedOnesAreErrors) {
  const std::string good = to_json(History{.curve = curve_of(2)}).dump();
  const auto expect_corrupt = [](const std::string& text) {
    test::expect_error([&] { read_history(parse_json(text, "h"), "h"); }, ErrorCode::corrupt_data, {"h"});
  };
  read_history(parse_json(good, "h"), "h");
  expect_corrupt("[]");
  expect_corrupt("{}");
  expect_corrupt(
      R"({"curve":{"steps_per_point":1,"points":[[1]]},"evaluations":[],"evaluation_seconds":0,"scores_before":[]})");
  expect_corrupt(
      R"({"curve":{"steps_per_point":1,"points":[]},"evaluations":[{}],"evaluation_seconds":0,"scores_before":[]})");
  expect_corrupt(
      R"({"curve":{"steps_per_point":1,"points":[]},"evaluations":[],"evaluation_seconds":0,"scores_before":[1]})");
  // A count that no integer holds, and steps out of order.
  std::string huge = good;
  huge.replace(huge.find("[2,2,"), 5, "[2,1e40,");
  expect_corrupt(huge);
  std::string twice = good;
  twice.replace(twice.find("[2,2,"), 5, "[1,2,");
  expect_corrupt(twice);
}

}  // namespace
}  // namespace sbert::report
