#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "base/temporary_file.h"

namespace sbert {

/// Bytes that are written once, one after the other, and read back from anywhere: kept in memory while they are few,
/// then in a temporary file. One thread may write, or many read.
class SpooledFile {
 public:
  static constexpr size_t kInMemory = size_t{32} << 20;

  /// `directory`: see TemporaryFile.
  explicit SpooledFile(std::filesystem::path directory = {}, size_t in_memory = kInMemory)
      : directory_(std::move(directory)), in_memory_(in_memory) {}

  /// THROWS: io.
  void append(std::span<const std::byte> bytes);
  /// REQUIRES: [offset, offset + bytes.size()) was written. THROWS: io.
  void read(uint64_t offset, std::span<std::byte> bytes) const;

  uint64_t size() const { return size_in_file() + tail_.size(); }
  size_t bytes_in_memory() const { return tail_.capacity(); }

 private:
  uint64_t size_in_file() const { return file_ ? file_->size() : 0; }
  /// Moves what is in memory into the file.
  void flush();

  std::filesystem::path directory_;
  size_t in_memory_;
  std::optional<TemporaryFile> file_;
  std::vector<std::byte> tail_;  // what comes after the file
};

}  // namespace sbert
