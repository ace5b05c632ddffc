#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <sbert/fit.h>

#include "base/json.h"
#include "report/mean.h"

namespace sbert::report {

/// What one step, or several in a row, were like.
struct CurvePoint {
  uint64_t first_step = 0, last_step = 0;
  double epoch = 0;  ///< after the last one
  Mean loss{};
  double lowest_loss = 0, highest_loss = 0;  ///< of single steps
  std::vector<Mean> losses{};                ///< of each objective
  double learning_rate = 0;                  ///< of the last one
  Mean gradient_norm{};
  uint64_t tokens = 0;
  double seconds = 0;

  explicit CurvePoint(const StepReport& step);
  CurvePoint() = default;

  uint64_t steps() const { return last_step - first_step + 1; }
  double tokens_per_second() const { return static_cast<double>(tokens) / seconds; }
  /// Takes the steps that come after into this point.
  void add(const CurvePoint& next);
};

/// The steps of a run as a bounded number of points, however long it is: when there are too many, two and two become
/// one.
class StepCurve {
 public:
  static constexpr size_t kLimit = 1000;

  explicit StepCurve(size_t limit = kLimit) : limit_(limit) {}

  void add(const StepReport& step);
  const std::vector<CurvePoint>& points() const { return points_; }

  OrderedJson to_json() const;
  /// THROWS: corrupt_data, beginning with `where`.
  static StepCurve from_json(const Json& json, const std::string& where);

 private:
  void halve();

  size_t limit_;
  uint64_t steps_per_point_ = 1;
  std::vector<CurvePoint> points_;
};

}  // namespace sbert::report
