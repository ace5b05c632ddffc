#pragma once

#include <filesystem>

#include "model/implementation.h"

namespace sbert {

/// Writes the model's files into a directory that is there, with weights of this type (f32, f16, bf16).
/// THROWS: io; unsupported if a weight is too large for the type.
void write_model(const ModelImplementation& model, const std::filesystem::path& directory, StoredDType dtype);

/// Writes the model as a sentence-transformers directory that versions 2.x to 6.x open. It is written beside
/// `directory` first and then takes its place in one step; files of the old directory that are not part of a model
/// stay.
void save_model(const ModelImplementation& model, const std::filesystem::path& directory);

}  // namespace sbert
