#include "train/schedule.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "base/json.h"
#include "support/test_data.h"

namespace sbert {
namespace {

Schedule by_name(const std::string& name) {
  if (name == "constant") return Schedule::constant;
  if (name == "linear") return Schedule::linear;
  if (name == "cosine") return Schedule::cosine;
  if (name == "cosine_with_restarts") return Schedule::cosine_with_restarts;
  EXPECT_EQ(name, "polynomial");
  return Schedule::polynomial;
}

TEST(Schedule, IsThatOfTransformers) {
  const Json golden = read_json_file(test::goldens_directory() / "train" / "schedules.json");
  const auto steps = golden.at("steps").get<uint64_t>();
  const auto warmup = golden.at("warmup").get<uint64_t>();
  for (const Json& test_case : golden.at("cases")) {
    FitOptions options;
    options.learning_rate = golden.at("learning_rate").get<double>();
    options.schedule = by_name(test_case.at("schedule").get<std::string>());
    options.schedule_cycles = test_case.value("cycles", uint64_t{1});
    options.polynomial_power = test_case.value("power", 1.0);
    const auto factors = test_case.at("factors").get<std::vector<double>>();
    for (uint64_t step = 0; step < factors.size(); ++step) {
      EXPECT_NEAR(schedule_factor(options, step, warmup, steps), factors[step], 1e-9)
          << test_case.at("schedule") << " step " << step;
    }
  }
}

TEST(Schedule, WarmupStepsWinOverTheRatioWhichRoundsUp) {
  EXPECT_EQ(warmup_steps({.warmup_steps = 7, .warmup_ratio = 0.5}, 100), 7U);
  EXPECT_EQ(warmup_steps({.warmup_ratio = 0.1}, 101), 11U);
  EXPECT_EQ(warmup_steps({}, 101), 0U);
}

}  // namespace
}  // namespace sbert
