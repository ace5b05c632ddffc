#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/json.h"

namespace sbert {

/// YAML text as JSON, keys in their order. THROWS: corrupt_data naming `where` and the line.
OrderedJson parse_yaml(const std::string& text, const std::string& where);

/// THROWS: not_found, io, too.
OrderedJson read_yaml_file(const std::filesystem::path& path);

/// What a plain word stands for in YAML: null, true, false, a number, or the text itself. "2e-5" is a number here,
/// which YAML 1.1 (and so PyYAML) would call text.
OrderedJson plain_scalar(std::string_view text);

}  // namespace sbert
