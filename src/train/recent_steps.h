#pragma once

#include <string>

#include <sbert/fit.h>

namespace sbert {

/// What the last steps were like, each weighing less than the one after it: single steps jump.
class RecentSteps {
 public:
  void add(const StepReport& step);
  /// "loss 0.1234  2,950 tokens/s"
  std::string describe() const;

 private:
  double steps_ = 0, loss_ = 0, tokens_ = 0, seconds_ = 0;  // weighted sums
};

}  // namespace sbert
