#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "base/spooled_file.h"

namespace sbert {

/// The token ids and labels of many rows, of which memory holds no more than their places: the rest is spooled.
class TokenStore {
 public:
  struct Row {
    std::vector<std::vector<int32_t>> ids;  ///< of each sequence
    std::vector<float> labels;
  };

  /// `directory`: see SpooledFile.
  explicit TokenStore(const std::filesystem::path& directory) : file_(directory) {}

  /// `ids`: of as many sequences as in the first row. THROWS: io.
  void add(std::span<const std::span<const int32_t>> ids, std::span<const float> labels);
  /// THROWS: io.
  Row operator[](size_t row) const;

  size_t rows() const { return begins_.size() - 1; }
  /// Tells stores apart: a hash of all ids and labels.
  uint64_t fingerprint() const { return fingerprint_; }
  uint64_t bytes_in_memory() const { return file_.bytes_in_memory() + begins_.capacity() * sizeof begins_[0]; }

 private:
  void put(uint32_t word);

  size_t sequences_ = 0;                // of each row
  SpooledFile file_;                    // of each row: the lengths of its sequences, ids, labels; all 4 bytes long
  std::vector<uint64_t> begins_ = {0};  // of each row, and the end
  std::vector<uint32_t> words_;         // of the row that is added
  uint64_t fingerprint_ = 14695981039346656037U;
};

}  // namespace sbert
