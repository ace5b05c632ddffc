#include "report/tensorboard.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "base/fail.h"

namespace sbert::report {
namespace {

namespace fs = std::filesystem;

/// Points of a run, at most: TensorBoard itself shows a thousand.
constexpr uint64_t kWrittenPoints = 10'000;
constexpr std::string_view kPrefix = "events.out.tfevents.", kSuffix = ".sbert";
constexpr size_t kDigits = 10;  // TensorBoard reads files in the order of their names

std::string file_name(uint64_t first_step) {
  const std::string number = std::to_string(first_step);
  return concat(kPrefix, std::string(kDigits - std::min(kDigits, number.size()), '0'), number, kSuffix);
}

/// The first step of one of our files.
std::optional<uint64_t> first_step_of(const std::string& name) {
  if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix)) return std::nullopt;
  const char* end = name.data() + name.size() - kSuffix.size();
  uint64_t step = 0;
  const auto parsed = std::from_chars(name.data() + kPrefix.size(), end, step);
  return parsed.ec == std::errc() && parsed.ptr == end ? std::optional(step) : std::nullopt;
}

/// What earlier runs wrote from `step` on happens anew.
void remove_from(const fs::path& directory, uint64_t step) {
  std::vector<fs::path> old;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(directory, ignored)) {
    const auto first = first_step_of(entry.path().filename().string());
    if (first && *first >= step) old.push_back(entry.path());
  }
  for (const fs::path& path : old)
    fs::remove(path, ignored);
}

}  // namespace

TensorBoard::TensorBoard(fs::path directory, std::vector<std::string> losses)
    : directory_(std::move(directory)), losses_(std::move(losses)) {}

TensorBoard::~TensorBoard() {
  try {
    flush();
  } catch (const Error&) {
    // A run that ends well has written everything; this one is ending with another error.
  }
}

EventFile& TensorBoard::file(uint64_t first_step) {
  if (file_ == nullptr) {
    remove_from(directory_, first_step);
    file_ = std::make_unique<EventFile>(directory_ / file_name(first_step), static_cast<int64_t>(first_step));
  }
  return *file_;
}

void TensorBoard::add(const StepReport& step) {
  if (pending_) {
    pending_->add(CurvePoint(step));
  } else {
    pending_.emplace(step);
  }
  const uint64_t stride = (step.total_steps + kWrittenPoints - 1) / kWrittenPoints;
  if (pending_->steps() >= stride || step.step == step.total_steps) flush();
}

void TensorBoard::flush() {
  if (!pending_) return;
  const CurvePoint point = *std::exchange(pending_, std::nullopt);
  std::vector<Scalar> scalars{{"train/loss", static_cast<float>(point.loss.value())},
                              {"train/learning_rate", static_cast<float>(point.learning_rate)},
                              {"train/grad_norm", static_cast<float>(point.gradient_norm.value())},
                              {"train/epoch", static_cast<float>(point.epoch)},
                              {"train/tokens_per_second", static_cast<float>(point.tokens_per_second())}};
  for (size_t i = 0; losses_.size() > 1 && i < std::min(losses_.size(), point.losses.size()); ++i) {
    if (point.losses[i].count == 0) continue;
    scalars.push_back({concat("train/loss_", i + 1, "_", losses_[i]), static_cast<float>(point.losses[i].value())});
  }
  file(point.first_step).add(static_cast<int64_t>(point.last_step), scalars);
}

void TensorBoard::add(const EvaluationReport& evaluation) {
  flush();
  std::vector<Scalar> scalars;
  for (const auto& [name, value] : evaluation.result.metrics)
    scalars.push_back({"eval/" + name, static_cast<float>(value)});
  file(evaluation.step + 1).add(static_cast<int64_t>(evaluation.step), scalars);
}

}  // namespace sbert::report
