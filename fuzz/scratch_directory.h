#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>
#include <unistd.h>

namespace sbert::fuzz {

/// A directory of this process's own, below $TMPDIR. It stays: libFuzzer ends without destructors.
class ScratchDirectory {
 public:
  ScratchDirectory() : path_(std::filesystem::temp_directory_path() / ("sbert-fuzz-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }
  /// Nothing happens where `relative` cannot be a file in here.
  void write(const std::filesystem::path& relative, std::string_view bytes) const {
    const auto inside = relative.lexically_normal();
    if (inside.is_absolute() || inside.empty() || *inside.begin() == "..") return;
    std::error_code ignored;
    std::filesystem::create_directories((path_ / inside).parent_path(), ignored);
    std::ofstream(path_ / inside, std::ios::binary) << bytes;
  }
  void clear() const {
    for (const auto& entry : std::filesystem::directory_iterator(path_))
      std::filesystem::remove_all(entry.path());
  }

 private:
  std::filesystem::path path_;
};

}  // namespace sbert::fuzz
