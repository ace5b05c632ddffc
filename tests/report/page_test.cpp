#include "report/page.h"

#include <gtest/gtest.h>

namespace sbert::report {
namespace {

constexpr const char* kHostile = "</td><script>alert('x')</script>\"&\x01\xff";

TrainingRecord record_of(uint64_t steps, uint64_t evaluations) {
  TrainingRecord record{.model = {.base = kHostile, .modules = {{"Transformer", {{"path", kHostile}}}}}};
  record.model.max_seq_length = 16;
  ObjectiveRecord objective{.data = kHostile, .loss = "TripletLoss", .loss_options = {{"margin", kHostile}}, .rows = 2};
  objective.texts.push_back({.column = kHostile,
                             .rows = 2,
                             .distinct = 2,
                             .shortest = 3,
                             .longest = 40,
                             .mean = 20,
                             .truncated = 1,
                             .lengths = {.begin = 3, .width = 10, .counts = {1, 0, 1}}});
  objective.labels = LabelStatistics{.labels = 2, .classes = {{kHostile, 2}}};
  objective.samples.push_back({.texts = {kHostile}, .label = kHostile});
  objective.pairs.push_back(
      {.first = kHostile, .second = kHostile, .relation = kHostile, .before = 0.25, .after = 0.75});
  record.objectives = {objective, objective};
  record.hyperparameters = {{"freeze", {kHostile}, false}};
  for (uint64_t i = 1; i <= steps; ++i) {
    record.curve.add(StepReport{.step = i,
                                .total_steps = steps,
                                .loss = 1 / static_cast<double>(i),
                                .losses = {0.5, 0.25},
                                .tokens = 10,
                                .seconds = 0.1});
  }
  for (uint64_t i = 0; i < evaluations; ++i) {
    record.evaluations.push_back(
        {.step = i, .result = {.metrics = {{kHostile, static_cast<double>(i)}, {"b", 0.5}}, .primary = kHostile}});
  }
  if (evaluations > 0) {
    record.result.before = record.evaluations.front();
    record.result.after = record.evaluations.back();
  }
  record.result.steps = steps;
  record.machine.cpu = kHostile;
  return record;
}

TEST(Page, NothingOfTheDataIsMarkup) {
  const std::string page = html_page(record_of(10, 3));
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_EQ(page.find("alert('"), std::string::npos);
  EXPECT_EQ(page.find('\x01'), std::string::npos);
  EXPECT_EQ(page.find('\xff'), std::string::npos);
  EXPECT_NE(page.find("&lt;/td&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;\ufffd\ufffd"),
            std::string::npos);
}

TEST(Page, NeedsNothingElse) {
  const std::string page = html_page(record_of(10, 3));
  for (const char* part : {"http://", "https://", " src=", "url(", "@import", "<link"})
    EXPECT_EQ(page.find(part), std::string::npos) << part;
}

TEST(Page, TellsWhatWasGained) {
  const std::string page = html_page(record_of(10, 3));
  EXPECT_NE(page.find("0.0000 \u2192 2.0000"), std::string::npos);
  for (const char* part : {"What was gained", "Curves", "Sample pairs", "Data", "Settings", "50.0 %", "read up to 16"})
    EXPECT_NE(page.find(part), std::string::npos) << part;
}

TEST(Page, LongRunsMakeNoLongPages) {
  EXPECT_LT(html_page(record_of(100'000, 5'000)).size(), 1'000'000U);
}

TEST(Page, ARunWithoutAnythingHasOne) {
  TrainingRecord record;
  record.objectives.emplace_back();
  const std::string page = html_page(record);
  EXPECT_EQ(page.find("What was gained"), std::string::npos);
  EXPECT_EQ(page.find("Curves"), std::string::npos);
  EXPECT_NE(page.find("Settings"), std::string::npos);
}

}  // namespace
}  // namespace sbert::report
