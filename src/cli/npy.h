#pragma once

#include <cstdint>
#include <ostream>

#include <sbert/embeddings.h>

namespace sbert::cli {

/// Streams a float32 matrix [rows, dimension] as a NumPy .npy file (version 1.0) whose number of rows is known only at
/// the end: the header has room for any number and is written again by `finish`.
class NpyWriter {
 public:
  /// REQUIRES: `out` is a file that can be sought in, at its start.
  NpyWriter(std::ostream& out, size_t dimension);

  void append(const Embeddings& rows);
  void finish();

 private:
  void write_header();

  std::ostream& out_;
  size_t dimension_;
  uint64_t rows_ = 0;
};

}  // namespace sbert::cli
