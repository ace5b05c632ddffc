#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

struct gzFile_s;

namespace sbert {

/// The bytes of a file, of stdin or of a pipe from the first to the last; those that are gzip are decompressed on the
/// way. One thread at a time.
class GzipInput {
 public:
  /// "-" is stdin. THROWS: not_found, io; invalid_argument for a directory; corrupt_data for a ".gz" that is none.
  explicit GzipInput(const std::filesystem::path& path);

  /// Fills the beginning of `bytes`; 0 at the end. THROWS: io; corrupt_data for damaged gzip data.
  size_t read(std::span<char> bytes);
  /// Whether the file is gzip. Only before `read`.
  bool compressed() const;
  const std::string& name() const { return name_; }  ///< for messages: the path or "stdin"

 private:
  struct Close {
    void operator()(gzFile_s* file) const;
  };
  std::string name_;
  std::unique_ptr<gzFile_s, Close> file_;
};

}  // namespace sbert
