#pragma once

#include <cstdint>

namespace sbert {

/// A dropout mask as a function of an element's index: a counter-based generator (Philox4x32-10, Salmon et al. 2011)
/// decides each element, so backward recomputes the mask and no thread count can change it.
struct DropoutMask {
  float probability = 0;   ///< of dropping; 0 means no dropout at all
  uint64_t key = 0;        ///< seed of the run
  uint64_t stream = 0;     ///< one number for each use: step, layer and site
  uint64_t first_row = 0;  ///< what row of the whole batch the tensor begins with, if a batch is computed in pieces
};

}  // namespace sbert
