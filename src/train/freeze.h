#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/implementation.h"

namespace sbert {

/// Freezes the parameters whose names begin with one of `prefixes`. A name is the one on disk,
/// "encoder.layer.0.output.dense.weight"; "<module>." may stand in front. -> those that were not frozen before.
/// THROWS: invalid_argument if a prefix fits no parameter, or only a part of one (a fused one).
std::vector<ParameterPtr> freeze_parameters(ModelImplementation& model, std::span<const std::string> prefixes);

}  // namespace sbert
