#include "cli/train_log.h"

#include <cerrno>
#include <cmath>
#include <cstring>
#include <filesystem>

#include "base/fail.h"
#include "cli/evaluations.h"
#include "cli/json_text.h"
#include "cli/output.h"

namespace sbert::cli {

TrainLog::TrainLog(const std::optional<std::string>& path, bool append) {
  if (!path) return;
  path_ = *path;
  const std::filesystem::path directory = std::filesystem::path(path_).parent_path();
  std::error_code ignored;
  if (!directory.empty()) std::filesystem::create_directories(directory, ignored);
  errno = 0;
  // What somebody appends to (--log /dev/stdout >> all) is not emptied.
  file_.open(path_, append || !can_seek(path_) ? std::ios::app : std::ios::trunc);
  if (!file_) fail(ErrorCode::io, path_, ": cannot write: ", std::strerror(errno));
}

void TrainLog::write(std::string line) {
  if (path_.empty() || error_ != 0) return;
  file_ << line << std::endl;
  if (!file_) error_ = errno != 0 ? errno : EIO;
}

void TrainLog::add(const StepReport& step) {
  std::string line = "{\"step\":" + std::to_string(step.step) + ",\"epoch\":";
  append_json_number(line, step.epoch);
  line += ",\"loss\":";
  // The loss and the norm are floats: as such they have fewer digits.
  append_json_number(line, static_cast<float>(step.loss));
  line += ",\"lr\":";
  append_json_number(line, step.learning_rate);
  line += ",\"grad_norm\":";
  append_json_number(line, static_cast<float>(step.gradient_norm));
  line += ",\"tokens_per_second\":";
  append_json_number(line, std::round(step.tokens_per_second() * 10) / 10);
  write(line + "}");
}

void TrainLog::add(const EvaluationReport& evaluation) {
  std::string line = "{\"step\":" + std::to_string(evaluation.step) + ",\"epoch\":";
  append_json_number(line, evaluation.epoch);
  write(line + ",\"evaluation\":" + metrics_json(evaluation.result).dump() + "}");
}

void TrainLog::finish() {
  if (error_ != 0) fail(ErrorCode::io, path_, ": the log is incomplete, it cannot be written: ", std::strerror(error_));
}

}  // namespace sbert::cli
