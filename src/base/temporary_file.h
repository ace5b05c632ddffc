#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

#include "base/descriptor.h"

namespace sbert {

/// A file without a name, for reading and writing: nothing is left of it, however the process ends. One thread may
/// write, or many read.
class TemporaryFile {
 public:
  /// `directory` gets the file; empty: the system's for temporary files ($TMPDIR or /tmp). THROWS: io.
  explicit TemporaryFile(const std::filesystem::path& directory);

  /// At the end. THROWS: io, saying what to do if the disk is full.
  void append(std::span<const std::byte> bytes);
  /// REQUIRES: [offset, offset + bytes.size()) was written. THROWS: io.
  void read(uint64_t offset, std::span<std::byte> bytes) const;

  int descriptor() const { return file_.get(); }
  uint64_t size() const { return size_; }

 private:
  [[noreturn]] void fail(const char* what, int error) const;

  std::filesystem::path directory_;
  Descriptor file_;
  uint64_t size_ = 0;
};

}  // namespace sbert
