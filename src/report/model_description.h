#pragma once

#include "report/record.h"

namespace sbert::report {

/// All that is known of a model; trained_parameters are left at 0.
ModelRecord describe_model(const SentenceTransformer& model);

}  // namespace sbert::report
