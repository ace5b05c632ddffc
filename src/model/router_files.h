#pragma once

#include <filesystem>

#include "model/implementation.h"

namespace sbert {

/// Opens the directory of a Router, or of what it was called before, Asym (whose file is config.json), with the modules
/// of its routes and their weights. THROWS: not_found, corrupt_data, unsupported (modalities other than text).
LoadedModule open_router(const std::filesystem::path& directory);

}  // namespace sbert
