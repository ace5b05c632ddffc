#include "train/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace sbert {
namespace {

/// After warm-up; `progress` goes from 0 to 1.
double falling(const FitOptions& options, double progress) {
  const double left = std::max(0.0, 1 - progress);
  switch (options.schedule) {
    case Schedule::constant:
      return 1;
    case Schedule::linear:
      return left;
    case Schedule::cosine:
      return left > 0 ? (1 + std::cos(std::numbers::pi * progress)) / 2 : 0;
    case Schedule::cosine_with_restarts: {
      const double in_cycle = std::fmod(static_cast<double>(options.schedule_cycles) * progress, 1.0);
      return left > 0 ? (1 + std::cos(std::numbers::pi * in_cycle)) / 2 : 0;
    }
    case Schedule::polynomial: {
      const double end = options.polynomial_end / options.learning_rate;
      return end + (1 - end) * std::pow(left, options.polynomial_power);
    }
  }
  return 1;
}

}  // namespace

double schedule_factor(const FitOptions& options, uint64_t step, uint64_t warmup, uint64_t total) {
  if (step < warmup) return static_cast<double>(step) / static_cast<double>(warmup);
  const uint64_t rest = std::max<uint64_t>(1, total > warmup ? total - warmup : 0);
  return falling(options, static_cast<double>(step - warmup) / static_cast<double>(rest));
}

uint64_t warmup_steps(const FitOptions& options, uint64_t total_steps) {
  if (options.warmup_steps != 0) return options.warmup_steps;
  return static_cast<uint64_t>(std::ceil(options.warmup_ratio * static_cast<double>(total_steps)));
}

}  // namespace sbert
