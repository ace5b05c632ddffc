#include "cli/log_place.h"

#include <algorithm>
#include <fstream>

#include "base/directories.h"
#include "cli/output.h"
#include "cli/usage_error.h"
#include "model/model_files.h"

namespace sbert::cli {

namespace {

namespace fs = std::filesystem;

void refuse_data(const std::string& log, const std::string& data) {
  std::error_code none;
  if (!fs::equivalent(log, data, none)) return;
  fail_usage("--log ", log, " is a file of data, and would be overwritten: give the log another name");
}

/// Every line of a log begins alike.
bool is_log_or_empty(const std::string& path) {
  constexpr std::string_view kBegin = "{\"step\":";
  std::string begin(kBegin.size(), '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  return file.gcount() == 0 || begin == kBegin;
}

/// What is written there when training ends.
bool belongs_to_model(const fs::path& log, const fs::path& output) {
  const fs::path below = follow_links(log).lexically_relative(follow_links(output));
  if (below.empty() || *below.begin() == "..") return false;
  const std::string name = below.filename();
  return is_model_file(name) || name == "README.md" || name == "report.html";
}

}  // namespace

void check_log(const TrainSettings& settings) {
  if (!settings.log) return;
  const std::string& log = *settings.log;
  for (const ObjectiveSettings& objective : settings.objectives)
    refuse_data(log, *objective.data.table.data);
  for (const EvaluationSettings& evaluation : settings.evaluations)
    refuse_data(log, evaluation.table.data.value_or(""));
  if (settings.output && belongs_to_model(log, *settings.output)) {
    fail_usage("--log ", log, " is where the trained model has a file of its own: give the log another name");
  }
  if (can_seek(log) && !is_log_or_empty(log)) {
    fail_usage("--log ", log, " is there and is no log of a training: give the log another name, or remove it first");
  }
  require_writable(log);
}

}  // namespace sbert::cli
