#pragma once

#include <filesystem>
#include <memory>

#include "model/implementation.h"

namespace sbert {

/// Opens a sentence-transformers directory, or a plain Hugging Face checkpoint (then: Transformer + mean Pooling).
std::shared_ptr<ModelImplementation> load_model(const std::filesystem::path& directory);

/// One module from its own directory, with its weights.
LoadedModule load_module(const std::string& type, const std::filesystem::path& directory, const std::string& where);

}  // namespace sbert
