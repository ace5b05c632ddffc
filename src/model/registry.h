#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "model/implementation.h"

namespace sbert {

/// The class that a path in modules.json names: "Pooling" of "sentence_transformers.models.Pooling", wherever in
/// sentence-transformers the releases had it. THROWS: unsupported if it is code of the model's own.
std::string class_of_library(const std::string& path, const std::string& where);

/// Makes a module of the class `name` ("Pooling") from its directory; what parameters of it have no values yet,
/// load_weights fills.
/// THROWS: unsupported, naming what is supported.
LoadedModule open_module(const std::string& name, const std::filesystem::path& directory, const std::string& where);

/// The class names that it knows.
std::vector<std::string_view> module_types();

}  // namespace sbert
