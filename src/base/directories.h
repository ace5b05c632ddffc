#pragma once

#include <filesystem>
#include <functional>

#include "base/descriptor.h"

namespace sbert {

/// Where `path` leads: links are followed, also those to what is not there yet. Absolute, and without a slash at the
/// end. THROWS: io for a loop.
std::filesystem::path follow_links(const std::filesystem::path& path);

/// Makes a directory that is not there so that a reader, or a crash, never sees a part of it: `write` fills a new one
/// beside it, which gets its name when it is whole. On any failure (also when `write` throws) nothing is left.
/// THROWS: io, naming files by the names that they would have had; also if the directory is there.
void make_directory_atomically(const std::filesystem::path& directory,
                               const std::function<void(const std::filesystem::path& fresh)>& write);

/// For a directory that is there and stays what it is (a mount point, somebody's current directory): `write` fills a
/// new one in it, and from that `take` takes what the directory is to have. What it leaves is removed. Errors as above.
void fill_directory(const std::filesystem::path& directory,
                    const std::function<void(const std::filesystem::path& fresh)>& write,
                    const std::function<void(const std::filesystem::path& fresh)>& take);

/// What killed processes left of that.
void remove_abandoned_fills(const std::filesystem::path& directory);

/// A directory into which one process at a time writes; that ends with the process, however it ends. What a killed one
/// left of fill_directory is removed.
class LockedDirectory {
 public:
  /// Makes it if it is not there. THROWS: io if that cannot be, or if another process holds it.
  explicit LockedDirectory(const std::filesystem::path& directory);
  /// Removes what it made, if that is still empty.
  ~LockedDirectory();
  LockedDirectory(const LockedDirectory&) = delete;
  LockedDirectory& operator=(const LockedDirectory&) = delete;

 private:
  std::filesystem::path path_, made_;  // made_: the topmost directory that it made
  Descriptor lock_;
};

}  // namespace sbert
