#pragma once

#include <filesystem>
#include <functional>

#include "model/implementation.h"

namespace sbert {

/// Writes the model's files into a directory that is there, with weights of this type (f32, f16, bf16). `on_tensor` is
/// called before each of them, if it is not empty; it may throw to end the work.
/// THROWS: io; unsupported if a weight is too large for the type.
void write_model(const ModelImplementation& model, const std::filesystem::path& directory, StoredDType dtype,
                 const std::function<void()>& on_tensor = {});

/// Makes sure, before hours of work, that nothing in `directory` is in the model's way: files where it has directories,
/// and the reverse. THROWS: io, naming it.
void require_place_for_model(const ModelImplementation& model, const std::filesystem::path& directory);

/// Writes the model as a sentence-transformers directory that versions 2.x to 6.x open. A directory that is there opens
/// as what it held before or as this model at every moment; see replace_model.
void save_model(const ModelImplementation& model, const std::filesystem::path& directory);

}  // namespace sbert
