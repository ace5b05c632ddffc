#pragma once

#include <filesystem>
#include <string>

namespace sbert::cli {

/// The name of a file that gives what stdin holds as often as it is opened. What comes through a pipe is copied to a
/// temporary file in `directory` first. THROWS: io.
std::string rereadable_stdin(const std::filesystem::path& directory);

}  // namespace sbert::cli
