#pragma once

#include <concepts>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "base/temporary_file.h"

namespace sbert {

/// A file to read: where it is, and what it is called. The two differ for a copy of something that can be read only
/// once, as a pipe; the copy lasts as long as anybody has a value of it.
class InputFile {
 public:
  /// "-" is stdin.
  template <class Path>
  requires std::convertible_to<Path, std::filesystem::path> InputFile(Path&& path)
      : path_(std::forward<Path>(path)), called_(path_) {}  // NOLINT: a path is such a file
  InputFile(std::filesystem::path called, std::shared_ptr<const TemporaryFile> copy);
  /// `path` gives the same bytes as `called`, as often as it is opened.
  InputFile(std::filesystem::path called, std::filesystem::path path)
      : path_(std::move(path)), called_(std::move(called)) {}

  const std::filesystem::path& path() const { return path_; }      ///< to be opened
  const std::filesystem::path& called() const { return called_; }  ///< its extension tells the format
  std::string name() const;                                        ///< for messages: the path or "stdin"
  bool is_stdin() const { return path_ == "-"; }

 private:
  std::filesystem::path path_, called_;
  std::shared_ptr<const TemporaryFile> copy_{};
};

}  // namespace sbert
