#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/temporary_file.h"

namespace sbert {

/// Where JSON comes from: a file, or a copy of what can be read only once.
class JsonSource {
 public:
  /// "-" is stdin; `again`: it will be read more than once, so what comes through a pipe is copied. THROWS: not_found,
  /// io.
  JsonSource(const std::filesystem::path& path, bool again);

  const std::filesystem::path& path() const { return path_; }  ///< to be opened
  const std::string& name() const { return name_; }            ///< for messages: the path or "stdin"
  bool rereadable() const { return rereadable_; }

 private:
  std::filesystem::path path_;
  std::string name_;
  bool rereadable_;
  std::unique_ptr<TemporaryFile> copy_;
};

}  // namespace sbert
