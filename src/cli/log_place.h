#pragma once

#include "cli/train_settings.h"

namespace sbert::cli {

/// Makes sure, before the work, that --log can be written and costs nobody a file: not the data, not a recipe, nothing
/// that is no log, and nothing that the trained model has. THROWS: UsageError; io.
void check_log(const TrainSettings& settings);

}  // namespace sbert::cli
