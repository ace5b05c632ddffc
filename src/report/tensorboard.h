#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <sbert/fit.h>

#include "report/curve.h"
#include "report/event_file.h"

namespace sbert::report {

/// Writes what happens in a run as event files for TensorBoard: train/loss, train/learning_rate, train/grad_norm,
/// train/epoch, train/tokens_per_second, the loss of each objective where there are several, and eval/<metric>. The
/// names are those that Python's trainer writes.
///
/// A file is called after the first training step in it; a run that is resumed begins another one, which takes back
/// what was written after the checkpoint. Long runs write a point for several steps.
class TensorBoard {
 public:
  /// `losses`: a name for each objective. Nothing is written before the first step or evaluation.
  TensorBoard(std::filesystem::path directory, std::vector<std::string> losses);
  ~TensorBoard();

  /// THROWS: io.
  void add(const StepReport& step);
  void add(const EvaluationReport& evaluation);

 private:
  EventFile& file(uint64_t first_step);
  void flush();

  std::filesystem::path directory_;
  std::vector<std::string> losses_;
  std::unique_ptr<EventFile> file_;
  std::optional<CurvePoint> pending_;  ///< steps that make the next point
};

}  // namespace sbert::report
