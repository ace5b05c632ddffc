#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace sbert::hub {

/// A file that may go to the Hub.
struct LocalFile {
  std::string path;             ///< in the repository
  std::filesystem::path place;  ///< on this machine
  uint64_t size = 0;
};

/// The files of a directory, sorted by name: without .git, .cache, checkpoints of a training, and what was never
/// finished. THROWS: not_found, io; invalid_argument for a name that no repository can have.
std::vector<LocalFile> list_local_files(const std::filesystem::path& directory);

/// The first bytes, of which the server sees whether a file is text. THROWS: io.
std::string read_sample(const LocalFile& file);
/// Hash of the whole file. THROWS: io.
std::string sha256_of(const LocalFile& file);
std::string git_hash_of(const LocalFile& file);

}  // namespace sbert::hub
