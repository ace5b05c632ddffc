#pragma once

#include <filesystem>
#include <functional>

namespace sbert::hub {

/// Held by one process (and one thread of it) at a time, as Python's filelock does it: flock on a file that stays. On
/// file systems that know no locks everybody gets it; correctness may not depend on it.
class FileLock {
 public:
  /// Waits for it; `waiting` is called every tenth of a second meanwhile, and may throw. THROWS: io.
  FileLock(const std::filesystem::path& path, const std::function<void()>& waiting);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace sbert::hub
