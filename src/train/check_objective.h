#pragma once

#include <string>
#include <vector>

#include <sbert/fit.h>

#include "data/column_checks.h"

namespace sbert {

/// Whether the examples are what the loss takes. `names`: the text columns, for messages; may be empty.
std::vector<Finding> check_objective(const Objective& objective, const std::vector<std::string>& names);

}  // namespace sbert
