#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "model/implementation.h"

namespace sbert {

/// Makes the module that `type` in modules.json names ("sentence_transformers.models.Pooling", or any other path that
/// ends in a known class name) from its directory; what parameters of it have no values yet, load_weights
/// fills.
/// THROWS: unsupported, naming what is supported.
LoadedModule open_module(const std::string& type, const std::filesystem::path& directory, const std::string& where);

/// The class names that it knows.
std::vector<std::string_view> module_types();

}  // namespace sbert
