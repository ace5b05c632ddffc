#pragma once

#include <filesystem>
#include <string_view>

#include "base/json.h"

namespace sbert::cli {

/// A YAML file as JSON, keys in their order. THROWS: not_found, io; corrupt_data naming the line.
OrderedJson read_yaml_file(const std::filesystem::path& path);

/// What a plain word stands for in YAML: null, true, false, a number, or the text itself. "2e-5" is a number here,
/// which YAML 1.1 (and so PyYAML) would call text.
OrderedJson plain_scalar(std::string_view text);

}  // namespace sbert::cli
