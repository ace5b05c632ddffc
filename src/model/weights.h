#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "model/implementation.h"

namespace sbert {

/// Fills the module's parameters from the weights of `directory`. A float parameter that is one tensor on
/// disk stays in the mapped file; others are copied. Their names may have `prefix` (as "bert.") in front,
/// or another that all have, and LayerNorm's may be gamma and beta. THROWS:
/// not_found (no weights, a missing tensor), corrupt_data (a wrong shape), naming file and tensor.
void load_weights(LoadedModule& module, const std::filesystem::path& directory, const std::string& prefix);

/// Rows and columns of a matrix in the safetensors files of `directory`. THROWS: not_found; corrupt_data if it is none.
std::array<int64_t, 2> stored_matrix_shape(const std::filesystem::path& directory, const std::string& name);

/// Writes the module's parameters, and the weights it does not use, to `path`, as `dtype`. Does nothing if there are
/// none. `on_tensor` is called before each, if it is not empty.
void save_weights(const LoadedModule& module, const std::filesystem::path& path, StoredDType dtype,
                  const std::function<void()>& on_tensor = {});

}  // namespace sbert
