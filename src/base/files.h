#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

namespace sbert {

/// Whether there is such a file or directory that this process may look up; never throws, unlike the standard
/// library's.
bool file_exists(const std::filesystem::path& path);

/// Whether a directory has an entry of this name. One that leads nowhere (a link to nothing or in a loop, in a
/// directory that may not be read) is there, too: whoever reads it is told why it cannot be read.
bool is_there(const std::filesystem::path& path);

/// Whole file as bytes. THROWS: not_found, io; corrupt_data if it is larger than `max_bytes` (an unchecked size is
/// never allocated).
std::string read_file(const std::filesystem::path& path, uint64_t max_bytes = uint64_t{1} << 30);

/// The same of a file that somebody published: it has to be a regular file, since a pipe or a device may never end, and
/// not what Git LFS leaves in its place. THROWS: also corrupt_data if it is not.
std::string read_regular_file(const std::filesystem::path& path, uint64_t max_bytes = uint64_t{1} << 30);
/// THROWS: corrupt_data if `bytes`, read from `path`, are what Git LFS leaves in place of a large file.
void refuse_lfs_pointer(std::string_view bytes, const std::filesystem::path& path);

/// A file mapped read-only; the bytes live as long as the object. Safe to read from many threads. An empty file maps to
/// an empty span.
class MappedFile {
 public:
  /// THROWS: not_found, io; corrupt_data if it is not a regular file.
  static std::shared_ptr<const MappedFile> open(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::string_view text() const { return {static_cast<const char*>(data_), size_}; }
  std::span<const std::byte> bytes() const { return {static_cast<const std::byte*>(data_), size_}; }
  const std::filesystem::path& path() const { return path_; }
  /// Whether these bytes are the file's.
  bool holds(std::span<const std::byte> bytes) const;
  /// Tells the kernel that these bytes were copied and need not stay in memory. Reading them again is still correct.
  /// Bytes that are not of this file are left alone.
  void release(std::span<const std::byte> bytes) const;

 private:
  MappedFile(std::filesystem::path path, void* data, size_t size);
  std::filesystem::path path_;
  void* data_;
  size_t size_;
};

/// Writes a file so that a reader, or a crash, sees the old bytes or the new ones and never a part: a temporary file in
/// the same directory, `fsync`, `rename`, `fsync` of the directory. `write` fills the stream. On any failure (also
/// when `write` throws) the temporary file is removed and the old one is untouched. Owner, group and permissions stay.
/// Creates missing directories.
/// THROWS: io, naming the file and the operating system's reason.
void write_file_atomically(const std::filesystem::path& path, const std::function<void(std::ostream&)>& write);
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

/// An empty directory for this process alone, removed with everything in it.
class ScratchDirectory {
 public:
  /// Where the system keeps such things ($TMPDIR). THROWS: io.
  ScratchDirectory();
  ~ScratchDirectory();
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Makes what was created, renamed and removed in a directory last through a power cut. THROWS: not_found, io.
void sync_directory(const std::filesystem::path& path);

}  // namespace sbert
