#pragma once

#include <sbert/models.h>

#include "tensor/variable.h"

namespace sbert {

using models::Activation;

/// y = f(x), element by element.
Var activate(Execution& run, const Var& x, Activation kind);

/// Inverted dropout of every element; x itself outside training.
Var dropout(Execution& run, const Var& x, double probability);

}  // namespace sbert
