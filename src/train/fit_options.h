#pragma once

#include <string_view>

#include <sbert/fit.h>

namespace sbert {

/// THROWS: invalid_argument, naming the option.
void check_options(const FitOptions& options);

std::string_view to_string(Schedule schedule);
std::string_view to_string(Mixing mixing);

}  // namespace sbert
