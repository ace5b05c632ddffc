#include "train/recent_steps.h"

#include <cmath>
#include <cstdio>

#include "base/fail.h"
#include "base/format.h"

namespace sbert {
namespace {

constexpr double kDecay = 0.95;

}  // namespace

void RecentSteps::add(const StepReport& step) {
  steps_ = kDecay * steps_ + 1;
  loss_ = kDecay * loss_ + step.loss;
  tokens_ = kDecay * tokens_ + static_cast<double>(step.tokens);
  seconds_ = kDecay * seconds_ + step.seconds;
}

std::string RecentSteps::describe() const {
  char loss[32];
  std::snprintf(loss, sizeof loss, "%.4f", loss_ / steps_);
  return concat("loss ", loss, "  ", format_count(static_cast<uint64_t>(std::llround(tokens_ / seconds_))),
                " tokens/s");
}

}  // namespace sbert
