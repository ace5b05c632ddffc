#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace sbert {

/// The files of each split, in the order in which their rows follow one another.
using SplitFiles = std::map<std::string, std::vector<std::string>>;

/// Which of a data set's files are which split, as Python's `datasets` finds it: what the front matter of README.md
/// says of a configuration (`configs:`), else the first that is there of: data/train-00000-of-00002.parquet and the
/// like; directories with names such as "train", "dev", "test"; files with such names; everything, as "train". Of a
/// split's files, those of its most common format count. `config` may be empty for the default one. THROWS: not_found,
/// invalid_argument, corrupt_data naming `where`.
SplitFiles find_data_files(const std::vector<std::string>& paths, const std::string& readme, const std::string& config,
                           const std::string& where);

/// The files below a directory, as names from there, and what its README.md says ("" without one).
std::vector<std::string> paths_below(const std::filesystem::path& directory);
std::string readme_in(const std::filesystem::path& directory);

}  // namespace sbert
