#include "report/tensorboard.h"

#include <fstream>
#include <set>

#include <gtest/gtest.h>

#include "base/files.h"
#include "support/temporary_directory.h"

namespace sbert::report {
namespace {

namespace fs = std::filesystem;
using test::TemporaryDirectory;

std::set<std::string> names(const fs::path& directory) {
  std::set<std::string> found;
  for (const auto& entry : fs::directory_iterator(directory))
    found.insert(entry.path().filename().string());
  return found;
}

void write_steps(const fs::path& directory, uint64_t first, uint64_t last, uint64_t total) {
  TensorBoard board(directory, {"CoSENTLoss"});
  for (uint64_t step = first; step <= last; ++step)
    board.add(StepReport{.step = step, .total_steps = total, .loss = 1, .losses = {1}, .tokens = 1, .seconds = 1});
}

size_t count(const std::string& text, const std::string& part) {
  size_t found = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

constexpr const char* kFirst = "events.out.tfevents.0000000001.sbert";

TEST(TensorBoard, ARunHasAFile) {
  const TemporaryDirectory directory;
  write_steps(directory.path(), 1, 3, 3);
  EXPECT_EQ(names(directory.path()), (std::set<std::string>{kFirst}));
  const std::string bytes = read_file(directory / kFirst);
  EXPECT_EQ(count(bytes, "train/loss"), 3U);
  EXPECT_EQ(count(bytes, "train/learning_rate"), 3U);
}

TEST(TensorBoard, ARunThatIsResumedBeginsAnotherFile) {
  const TemporaryDirectory directory;
  write_steps(directory.path(), 1, 7, 9);
  write_steps(directory.path(), 6, 8, 9);
  const std::string resumed = "events.out.tfevents.0000000006.sbert";
  EXPECT_EQ(names(directory.path()), (std::set<std::string>{kFirst, resumed}));
  EXPECT_EQ(count(read_file(directory / resumed), "train/loss"), 3U);
  // From an earlier checkpoint: what came after it happens anew.
  write_steps(directory.path(), 4, 9, 9);
  EXPECT_EQ(names(directory.path()), (std::set<std::string>{kFirst, "events.out.tfevents.0000000004.sbert"}));
}

TEST(TensorBoard, ANewRunReplacesOurFilesAndNoOthers) {
  const TemporaryDirectory directory;
  const std::string other = "events.out.tfevents.1700000000.host.1.0";
  std::ofstream(directory / other) << "x";
  write_steps(directory.path(), 5, 7, 9);
  TensorBoard board(directory.path(), {"CoSENTLoss"});
  board.add(EvaluationReport{.step = 0, .result = {.metrics = {{"a", 0.5}}, .primary = "a"}});
  EXPECT_EQ(names(directory.path()), (std::set<std::string>{kFirst, other}));
  EXPECT_EQ(count(read_file(directory / kFirst), "eval/a"), 1U);
}

TEST(TensorBoard, LongRunsHaveAPointForSeveralSteps) {
  const TemporaryDirectory directory;
  write_steps(directory.path(), 1, 100'000, 100'000);
  EXPECT_EQ(count(read_file(directory / kFirst), "train/loss"), 10'000U);
  EXPECT_LT(fs::file_size(directory / kFirst), 3'000'000U);
}

TEST(TensorBoard, LossesOfSeveralObjectives) {
  const TemporaryDirectory directory;
  {
    TensorBoard board(directory.path(), {"CoSENTLoss", "TripletLoss"});
    board.add(
        StepReport{.step = 1, .total_steps = 1, .loss = 1, .losses = {1, std::nan("")}, .tokens = 1, .seconds = 1});
  }
  const std::string bytes = read_file(directory / kFirst);
  EXPECT_EQ(count(bytes, "train/loss_1_CoSENTLoss"), 1U);
  EXPECT_EQ(count(bytes, "train/loss_2_TripletLoss"), 0U);
}

}  // namespace
}  // namespace sbert::report
