#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/implementation.h"

namespace sbert {

/// Parameters that are not trained as long as this lives: those whose names begin with one of `prefixes`. A name is the
/// one on disk, "encoder.layer.0.output.dense.weight"; "<module>." may stand in front, and in a Router its directory,
/// "0.query_0_Transformer.".
class FrozenParameters {
 public:
  /// THROWS: invalid_argument if a prefix fits no parameter, or only a part of one (a fused one).
  FrozenParameters(const ModelImplementation& model, std::span<const std::string> prefixes);
  ~FrozenParameters();
  FrozenParameters(const FrozenParameters&) = delete;
  FrozenParameters& operator=(const FrozenParameters&) = delete;

 private:
  std::vector<ParameterPtr> parameters_;  // that were not frozen before
};

}  // namespace sbert
