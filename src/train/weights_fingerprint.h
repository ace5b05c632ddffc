#pragma once

#include <string>

#include "model/implementation.h"

namespace sbert {

/// Tells weights apart: of all parameters, frozen ones too, their names and values.
std::string weights_fingerprint(const ModelImplementation& model);

}  // namespace sbert
