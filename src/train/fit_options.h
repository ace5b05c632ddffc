#pragma once

#include <span>

#include <sbert/fit.h>

namespace sbert {

/// THROWS: invalid_argument, naming the option.
void check_options(const FitOptions& options);

}  // namespace sbert
