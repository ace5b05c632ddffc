#pragma once

#include <string>

#include "tensor/ops/activation.h"

namespace sbert::nn {

/// The activation that a Dense calls "torch.nn.modules.activation.Tanh" ("torch.nn.Tanh" will do).
/// THROWS: unsupported, naming `where` and what is supported.
Activation activation_of_torch(const std::string& path, const std::string& where);
/// What a Dense calls it; empty if torch.nn has no such class.
std::string torch_path(Activation kind);

/// The activation that config.json of an encoder calls "gelu_new", as ACT2FN of transformers does; `key` is what it
/// stands under. THROWS: unsupported, naming `where` and what is supported.
Activation activation_of_transformers(const std::string& name, const char* key, const std::string& where);

}  // namespace sbert::nn
