#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <sys/types.h>
#include <utility>

#include "base/input_file.h"

namespace sbert::cli {

/// The files that a command reads, each as often as it likes: what can be read only once (standard input, a FIFO, a
/// process substitution) is copied to a temporary file, once, however often and by whatever name it is asked for.
class InputFiles {
 public:
  /// `directory`: see TemporaryFile.
  explicit InputFiles(std::filesystem::path directory = {}) : directory_(std::move(directory)) {}

  /// THROWS: io.
  InputFile find(const InputFile& file);

 private:
  std::filesystem::path directory_;
  std::map<std::pair<dev_t, ino_t>, InputFile> copies_;
};

}  // namespace sbert::cli
