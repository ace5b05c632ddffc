#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <sbert/fit.h>

#include "tensor/tensor.h"
#include "train/parameter_block.h"

namespace sbert {

/// Makes `metric` the primary one. THROWS: invalid_argument, with those there are, if it is none of them.
void choose_primary(evaluation::EvaluationResult& result, const std::string& metric);

/// Remembers the best evaluation, and the parameters it was made with if they are wanted at the end; says when
/// evaluations have stopped improving, as transformers' EarlyStoppingCallback does.
class BestModel {
 public:
  BestModel(const FitOptions& options, ParameterBlock& block) : options_(options), block_(block) {}

  void add(const EvaluationReport& report);
  bool should_stop() const;
  /// Takes the best parameters back, if they are wanted.
  void restore();

  const std::optional<EvaluationReport>& report() const { return report_; }
  const Tensor& values() const { return values_; }
  uint64_t misses() const { return misses_; }
  /// Of a checkpoint.
  void set(std::optional<EvaluationReport> report, Tensor values, uint64_t misses);

 private:
  const FitOptions& options_;
  ParameterBlock& block_;
  std::optional<EvaluationReport> report_;
  Tensor values_;        // of all parameters; undefined if they are not wanted
  uint64_t misses_ = 0;  // evaluations since the last one that was better by the threshold
};

}  // namespace sbert
