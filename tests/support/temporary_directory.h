#pragma once

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "base/fail.h"

namespace sbert::test {

/// An empty directory that is removed with everything in it.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = (std::filesystem::path(testing::TempDir()) / "sbert-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) fail(ErrorCode::io, name, ": cannot create");
    path_ = name;
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  /// Number of entries, hidden ones too: what a failed write may not leave behind.
  size_t entries() const { return static_cast<size_t>(std::distance(std::filesystem::directory_iterator(path_), {})); }

 private:
  std::filesystem::path path_;
};

}  // namespace sbert::test
