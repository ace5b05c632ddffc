#pragma once

#include <map>
#include <optional>

#include <sbert/fit.h>

#include "report/mean.h"
#include "report/record.h"
#include "report/spread.h"

namespace sbert::report {

/// Whether the labels of an objective are numbers of classes.
bool has_classes(const Objective& objective);
/// "sports", or "0.8"; for a class without a name its number.
std::string label_name(const Objective& objective, float label);

/// Adds up what the labels of an objective are like.
class LabelCounter {
 public:
  /// `objective` must outlive this.
  explicit LabelCounter(const Objective& objective);

  void add(float label);
  /// None if there were no labels, or such that say nothing to anybody: coordinates of a teacher's embeddings.
  std::optional<LabelStatistics> finish() const;

 private:
  const Objective& objective_;
  bool counted_;
  std::map<float, uint64_t> classes_;
  Spread<float> some_;
  Mean mean_;
  float smallest_, largest_;
};

}  // namespace sbert::report
