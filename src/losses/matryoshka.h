#pragma once

#include <sbert/losses.h>

#include "losses/options.h"

namespace sbert::losses {

/// Those of MatryoshkaLoss and Matryoshka2dLoss.
void read_options(OptionReader& options, MatryoshkaOptions& parsed);

}  // namespace sbert::losses
