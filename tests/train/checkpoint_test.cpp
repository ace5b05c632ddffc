#include "train/checkpoint.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <set>

#include <gtest/gtest.h>

#include "support/errors.h"
#include "support/temporary_directory.h"
#include "support/training_data.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;
using test::TemporaryDirectory;

std::shared_ptr<const evaluation::Evaluator> evaluator() {
  std::vector<std::string> a, b;
  std::vector<float> scores;
  for (const auto& pair : test::small_pairs()) {
    a.push_back(pair.texts[0]);
    b.push_back(pair.texts[1]);
    scores.push_back(static_cast<float>(scores.size() % 3));
  }
  return std::make_shared<evaluation::EmbeddingSimilarityEvaluator>(a, b, scores);
}

struct Trained {
  std::vector<float> values;
  FitResult result;
};

class Checkpoint : public testing::Test {
 protected:
  Checkpoint() : model_(test::small_model(directory_ / "model")) {
    options_ = {.epochs = 6,
                .gradient_accumulation_steps = 2,
                .learning_rate = 1e-3,
                .warmup_steps = 2,
                .precision = Precision::f32,
                .evaluator = evaluator(),
                .evaluation_steps = 2};
    options_.checkpoints = {.directory = directory_ / "run", .every_steps = 2, .resume = true};
  }

  /// Stops after `stop_after` steps, as Ctrl-C would; 0: goes through.
  Trained train(FitOptions options, uint64_t stop_after = 0) const {
    SentenceTransformer model(model_);
    const losses::MultipleNegativesRankingLoss loss(model);
    std::atomic<bool> stop = false;
    options.stop = &stop;
    options.on_step = [&](const StepReport& report) { stop = report.step == stop_after; };
    const FitResult result = model.fit({{DataLoader(test::small_pairs(), {.batch_size = 2}), loss}}, options);
    return {test::all_values(model), result};
  }

  std::set<std::string> names() const {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(directory_ / "run"))
      names.insert(entry.path().filename().string());
    return names;
  }

  TemporaryDirectory directory_;
  std::string model_;
  FitOptions options_;
};

TEST_F(Checkpoint, AResumedRunIsTheUninterruptedOneToTheBit) {
  for (const bool keep_best : {false, true}) {
    options_.keep_best = keep_best;
    FitOptions plain = options_;
    plain.checkpoints = {};
    const Trained whole = train(plain);
    EXPECT_EQ(whole.result.steps, 12U);
    for (const uint64_t stop : {1U, 4U, 7U}) {
      const Trained first = train(options_, stop);
      EXPECT_TRUE(first.result.stopped);
      const Trained second = train(options_);
      EXPECT_EQ(second.result.resumed_from, stop);
      EXPECT_EQ(second.result.tokens, whole.result.tokens);
      EXPECT_EQ(second.result.best->step, whole.result.best->step);
      EXPECT_EQ(second.values, whole.values) << "stopped after " << stop;
      fs::remove_all(directory_ / "run");
    }
  }
}

/// Nothing else finishes the optimiser's work in between, and rows of the embedding table are read for the first time
/// after a checkpoint.
TEST_F(Checkpoint, NeitherCheckpointsNorBreaksChangeWhatIsLearnt) {
  options_.gradient_accumulation_steps = 1;
  options_.warmup_steps = 0;
  options_.evaluator = nullptr;
  options_.evaluation_steps = 0;
  FitOptions plain = options_;
  plain.checkpoints = {};
  const Trained whole = train(plain);
  for (const uint64_t every : {1U, 2U, 3U}) {
    options_.checkpoints.every_steps = every;
    EXPECT_EQ(train(options_).values, whole.values) << "a checkpoint every " << every;
    fs::remove_all(directory_ / "run");
    options_.checkpoints.every_steps = 0;
    train(options_, every);
    EXPECT_EQ(train(options_).values, whole.values) << "stopped after " << every;
    fs::remove_all(directory_ / "run");
  }
}

TEST_F(Checkpoint, TheNewestAreKept) {
  options_.checkpoints.limit = 2;
  train(options_);
  EXPECT_EQ(names(), (std::set<std::string>{"checkpoint-10", "checkpoint-12"}));
}

TEST_F(Checkpoint, IsAModel) {
  const Trained run = train(options_);
  EXPECT_EQ(test::all_values(SentenceTransformer((directory_ / "run/checkpoint-12").string())), run.values);
}

TEST_F(Checkpoint, OtherOptionsAreRefusedByName) {
  train(options_, 3);
  options_.learning_rate = 2e-3;
  test::expect_error([&] { train(options_); }, ErrorCode::invalid_argument, {"checkpoint-3", "learning_rate"});
}

TEST_F(Checkpoint, TheNewestIsThatOfTheHighestStepWhateverItsFilesTimesSay) {
  train(options_, 7);
  const auto later = fs::file_time_type::clock::now() + std::chrono::hours(1);
  fs::last_write_time(directory_ / "run/checkpoint-2/trainer_state.json", later);
  EXPECT_EQ(train(options_).result.resumed_from, 7U);
}

TEST_F(Checkpoint, OfAnotherBaseModelIsRefusedAlsoIfOnlyFrozenWeightsDiffer) {
  FitOptions plain{.max_steps = 1, .learning_rate = 1e-3, .freeze = {"encoder."}};
  SentenceTransformer other(model_);
  other.fit({{DataLoader(test::small_pairs(), {.batch_size = 2}), losses::MultipleNegativesRankingLoss(other)}}, plain);
  other.save(directory_ / "other");
  options_.freeze = {"embeddings."};
  train(options_, 3);
  model_ = directory_ / "other";
  test::expect_error([&] { train(options_); }, ErrorCode::invalid_argument, {"checkpoint-3", "other weights"});
}

TEST_F(Checkpoint, OfARunThatReplacesItsOwnModelIsNoneOfAnother) {
  const Trained whole = train(options_);
  fs::remove_all(directory_ / "run");
  // What an interrupted run saves is what the next one is given: after a stop ...
  train(options_, 3);
  const auto replace = [&] { SentenceTransformer((directory_ / "run/checkpoint-3").string()).save(model_); };
  replace();
  // ... and when that was killed, too, after another checkpoint.
  train(options_, 5);
  EXPECT_EQ(train(options_).values, whole.values);
}

TEST_F(Checkpoint, WithoutResumeARunBeginsAnew) {
  train(options_, 3);
  options_.checkpoints.resume = false;
  EXPECT_EQ(train(options_).result.resumed_from, 0U);
}

TEST_F(Checkpoint, WhatAKilledRunLeftIsNotTakenForOne) {
  train(options_, 3);
  const fs::path left = directory_ / "run/.checkpoint-3.sbert-abcdefghij.tmp";
  fs::rename(directory_ / "run/checkpoint-3", left);
  fs::create_directories(directory_ / "run/checkpoint-9");  // no state in it
  EXPECT_EQ(train(options_, 3).result.resumed_from, 2U);
  EXPECT_TRUE(names().contains("checkpoint-3"));
  EXPECT_FALSE(fs::exists(left));
}

TEST_F(Checkpoint, ADamagedOneIsAnError) {
  train(options_, 3);
  const fs::path tensors = directory_ / "run/checkpoint-3/optimizer.safetensors";
  fs::resize_file(tensors, fs::file_size(tensors) / 2);
  test::expect_error([&] { train(options_); }, ErrorCode::corrupt_data, {"optimizer.safetensors"});
}

}  // namespace
}  // namespace sbert
