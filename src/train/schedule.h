#pragma once

#include <cstdint>

#include <sbert/fit.h>

namespace sbert {

/// What the learning rate is multiplied by at `step` (from 0) of `total_steps`: step / warmup during warm-up, then as
/// FitOptions::schedule says, with the formulas of Hugging Face transformers.
double schedule_factor(const FitOptions& options, uint64_t step, uint64_t warmup_steps, uint64_t total_steps);

/// warmup_steps as given, else warmup_ratio of all steps, rounded up.
uint64_t warmup_steps(const FitOptions& options, uint64_t total_steps);

}  // namespace sbert
