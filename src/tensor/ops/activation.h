#pragma once

#include <string_view>

#include "tensor/variable.h"

namespace sbert {

/// Functions of one element that a layer may end with.
enum class ActivationKind { identity, tanh, gelu, relu, sigmoid };

/// y = f(x), element by element.
Var activate(Run& run, const Var& x, ActivationKind kind);

/// Inverted dropout of every element; x itself outside training.
Var dropout(Run& run, const Var& x, double probability);

}  // namespace sbert
