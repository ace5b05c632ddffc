#include "train/schedule.h"

#include <algorithm>
#include <cmath>

namespace sbert {

double schedule_factor(Schedule schedule, uint64_t step, uint64_t warmup, uint64_t total) {
  if (step < warmup) return static_cast<double>(step) / static_cast<double>(std::max<uint64_t>(1, warmup));
  if (schedule == Schedule::constant) return 1;
  const double left = step < total ? static_cast<double>(total - step) : 0;
  return left / static_cast<double>(std::max<uint64_t>(1, total > warmup ? total - warmup : 0));
}

uint64_t warmup_steps(const FitOptions& options, uint64_t total_steps) {
  if (options.warmup_steps != 0) return options.warmup_steps;
  return static_cast<uint64_t>(std::ceil(options.warmup_ratio * static_cast<double>(total_steps)));
}

}  // namespace sbert
