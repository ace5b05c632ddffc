#include <atomic>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "base/files.h"
#include "base/json.h"
#include "support/temporary_directory.h"
#include "support/training_data.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;

class Report : public testing::Test {
 protected:
  Report() : model_(test::small_model(directory_ / "model")) {
    std::vector<std::string> a, b;
    for (const auto& pair : test::small_pairs()) {
      a.push_back(pair.texts[0]);
      b.push_back(pair.texts[1]);
    }
    options_ = {.epochs = 3,
                .learning_rate = 1e-3,
                .precision = Precision::f32,
                .evaluator = std::make_shared<evaluation::TranslationEvaluator>(a, b),
                .evaluate_first = true,
                .report_directory = directory_ / "run"};
    options_.checkpoints = {.directory = directory_ / "run", .every_steps = 2, .resume = true};
  }

  FitResult train(FitOptions options, uint64_t stop_after = 0) const {
    SentenceTransformer model(model_);
    const losses::MultipleNegativesRankingLoss loss(model);
    std::atomic<bool> stop = false;
    options.stop = &stop;
    options.on_step = [&](const StepReport& report) { stop = report.step == stop_after; };
    return model.fit({{DataLoader(test::small_pairs(), {.batch_size = 2}), loss}}, options);
  }

  /// What a checkpoint remembers, without times.
  Json history(uint64_t step) const {
    const std::string checkpoint = "checkpoint-" + std::to_string(step);
    Json json = read_json_file(directory_ / "run" / checkpoint / "training_history.json");
    json.erase("evaluation_seconds");
    for (Json& point : json["curve"]["points"])
      point.erase(point.size() - 1);
    return json;
  }

  std::string page() const { return read_file(directory_ / "run/report.html"); }

  test::TemporaryDirectory directory_;
  std::string model_;
  FitOptions options_;
};

TEST_F(Report, TellsOfTheRun) {
  const FitResult result = train(options_);
  EXPECT_EQ(result.report_error, "");
  ASSERT_TRUE(result.before && result.after);
  EXPECT_EQ(result.before->step, 0U);
  EXPECT_EQ(result.after->step, result.steps);
  for (const char* part : {"MultipleNegativesRankingLoss", "mean_accuracy, before and after", "sentence_0"})
    EXPECT_NE(page().find(part), std::string::npos) << part;
  EXPECT_TRUE(fs::exists(directory_ / "run/runs/events.out.tfevents.0000000001.sbert"));
}

TEST_F(Report, AResumedRunTellsOfAllOfIt) {
  train(options_);
  const Json whole = history(12);
  fs::remove_all(directory_ / "run");
  train(options_, 5);
  const FitResult result = train(options_);
  EXPECT_EQ(result.resumed_from, 5U);
  EXPECT_EQ(history(12), whole);
  EXPECT_EQ(whole["curve"]["points"].size(), 12U);
  ASSERT_TRUE(result.before && result.after);
  EXPECT_TRUE(fs::exists(directory_ / "run/runs/events.out.tfevents.0000000001.sbert"));
  EXPECT_TRUE(fs::exists(directory_ / "run/runs/events.out.tfevents.0000000006.sbert"));
}

TEST_F(Report, ACheckpointWithoutHistoryIsGoneOnFrom) {
  train(options_, 5);
  fs::remove(directory_ / "run/checkpoint-5/training_history.json");
  const FitResult result = train(options_);
  EXPECT_EQ(result.resumed_from, 5U);
  EXPECT_FALSE(result.before);
  EXPECT_EQ(history(12)["curve"]["points"].size(), 7U);
}

TEST_F(Report, IsOfTheModelThatIsKept) {
  options_.keep_best = true;
  options_.evaluation_steps = 1;
  const FitResult result = train(options_);
  ASSERT_TRUE(result.after);
  EXPECT_EQ(result.after->step, result.best->step);
  EXPECT_EQ(page().find("best, kept") != std::string::npos, true);
}

TEST_F(Report, ThatCannotBeWrittenDoesNotStopTheRun) {
  std::ofstream(directory_ / "file") << "x";
  options_.report_directory = directory_ / "file/report";
  const FitResult result = train(options_);
  EXPECT_EQ(result.steps, 12U);
  EXPECT_NE(result.report_error.find("file/report"), std::string::npos) << result.report_error;
}

TEST_F(Report, ChangesNothingOfTheModel) {
  FitOptions plain = options_;
  plain.report_directory.clear();
  plain.evaluator = nullptr;
  plain.evaluate_first = false;
  plain.checkpoints = {};
  const auto values = [&](const FitOptions& options) {
    SentenceTransformer model(model_);
    const losses::MultipleNegativesRankingLoss loss(model);
    model.fit({{DataLoader(test::small_pairs(), {.batch_size = 2}), loss}}, options);
    return test::all_values(model);
  };
  EXPECT_EQ(values(options_), values(plain));
}

}  // namespace
}  // namespace sbert
