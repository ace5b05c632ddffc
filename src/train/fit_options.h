#pragma once

#include <string_view>

#include <sbert/fit.h>

#include "base/json.h"

namespace sbert {

/// THROWS: invalid_argument, naming the option.
void check_options(const FitOptions& options);

/// The options that say how a model is trained, by name, for people to read.
OrderedJson describe_options(const FitOptions& options);

std::string_view to_string(Schedule schedule);
std::string_view to_string(Mixing mixing);

}  // namespace sbert
