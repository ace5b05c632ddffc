#pragma once

#include <fstream>
#include <optional>
#include <string>

#include <sbert/fit.h>

namespace sbert::cli {

/// The file of `sbert train --log`: one JSON object a line, written as things happen.
///   {"step":1,"epoch":0.01,"loss":...,"lr":...,"grad_norm":...,"tokens_per_second":...}
///   {"step":100,"epoch":1,"evaluation":{"spearman_cosine":...}}
class TrainLog {
 public:
  /// Begins a new file, or goes on with the one of a run that is resumed; steps since its checkpoint are there twice
  /// then. THROWS: io.
  TrainLog(const std::optional<std::string>& path, bool append);

  void add(const StepReport& step);
  void add(const EvaluationReport& evaluation);
  /// A full disk must not cost the training; it is reported here. THROWS: io.
  void finish();

 private:
  void write(std::string line);

  std::string path_;
  std::ofstream file_;
  int error_ = 0;
};

}  // namespace sbert::cli
