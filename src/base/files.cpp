#include "base/files.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "base/descriptor.h"
#include "base/descriptor_buffer.h"
#include "base/fail.h"
#include "base/fresh_entry.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail_system(const fs::path& path, const char* what, int error) {
  const auto code = error == ENOENT || error == ENOTDIR ? ErrorCode::not_found : ErrorCode::io;
  fail(code, path.string(), ": cannot ", what, ": ", std::strerror(error));
}

Descriptor open_descriptor(const fs::path& path, int flags) {
  return Descriptor(::open(path.c_str(), flags | O_CLOEXEC));
}

Descriptor open_to_read(const fs::path& path, int flags = 0) {
  Descriptor file = open_descriptor(path, O_RDONLY | flags);
  if (file) return file;
  const int reason = errno;
  std::error_code ignored;
  const fs::path target = reason == ENOENT ? fs::read_symlink(path, ignored) : fs::path();
  if (target.empty()) fail_system(path, "read", reason);
  fail(ErrorCode::not_found, path.string(), ": is a link to ", target.string(), ", which is not there");
}

struct stat status_of(int descriptor, const fs::path& path) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) fail_system(path, "read", errno);
  if (S_ISDIR(status.st_mode)) fail_system(path, "read", EISDIR);
  return status;
}

/// Opening does not wait for whoever writes into a pipe.
Descriptor open_regular(const fs::path& path) {
  Descriptor file = open_to_read(path, O_NONBLOCK | O_NOCTTY);
  const struct stat status = status_of(file.get(), path);
  if (!S_ISREG(status.st_mode)) {
    fail(ErrorCode::corrupt_data, path.string(), ": is a ", S_ISFIFO(status.st_mode) ? "pipe" : "device",
         ", but should be a regular file");
  }
  return file;
}

std::string read_all(const Descriptor& file, const fs::path& path, uint64_t max_bytes) {
  std::string bytes;
  // A pipe or /proc file says 0; then it is read until it ends.
  bytes.reserve(std::min(static_cast<uint64_t>(status_of(file.get(), path).st_size), max_bytes) + 1);
  char buffer[1 << 16];
  while (true) {
    const ssize_t got = ::read(file.get(), buffer, sizeof buffer);
    if (got == 0) return bytes;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail_system(path, "read", errno);
    bytes.append(buffer, static_cast<size_t>(got));
    if (bytes.size() > max_bytes) fail(ErrorCode::corrupt_data, path.string(), ": larger than ", max_bytes, " bytes");
  }
}

void sync(const fs::path& path, int flags, const char* what) {
  const Descriptor file = open_descriptor(path, flags);
  if (!file || ::fsync(file.get()) != 0) fail_system(path, what, errno);
}

}  // namespace

bool file_exists(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

bool is_there(const fs::path& path) {
  std::error_code error;
  const fs::file_type type = fs::symlink_status(path, error).type();
  return type != fs::file_type::not_found;
}

std::string read_file(const fs::path& path, uint64_t max_bytes) {
  return read_all(open_to_read(path), path, max_bytes);
}

std::string read_regular_file(const fs::path& path, uint64_t max_bytes) {
  std::string bytes = read_all(open_regular(path), path, max_bytes);
  refuse_lfs_pointer(bytes, path);
  return bytes;
}

void refuse_lfs_pointer(std::string_view bytes, const fs::path& path) {
  if (!bytes.starts_with("version https://git-lfs.github.com/spec/")) return;
  fail(ErrorCode::corrupt_data, path.string(),
       ": is a Git LFS pointer, not the file itself: 'git lfs pull' in its repository brings that, or 'sbert pull'");
}

std::shared_ptr<const MappedFile> MappedFile::open(const fs::path& path) {
  const Descriptor file = open_regular(path);
  const auto size = static_cast<uint64_t>(status_of(file.get(), path).st_size);
  void* data = nullptr;
  if (size > 0) {
    data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
    if (data == MAP_FAILED) fail_system(path, "map", errno);
  }
  return std::shared_ptr<const MappedFile>(new MappedFile(path, data, size));
}

MappedFile::MappedFile(fs::path path, void* data, size_t size) : path_(std::move(path)), data_(data), size_(size) {}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(data_, size_);
}

bool MappedFile::holds(std::span<const std::byte> bytes) const {
  const auto all = this->bytes();
  const std::less_equal<const std::byte*> not_after;
  return not_after(all.data(), bytes.data()) && not_after(bytes.data() + bytes.size(), all.data() + all.size());
}

void MappedFile::release(std::span<const std::byte> bytes) const {
  if (!holds(bytes)) return;
  const auto page = static_cast<uintptr_t>(::sysconf(_SC_PAGESIZE));
  const auto begin = (reinterpret_cast<uintptr_t>(bytes.data()) + page - 1) / page * page;
  const auto end = (reinterpret_cast<uintptr_t>(bytes.data()) + bytes.size()) / page * page;
  if (begin < end) ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
}

void write_file_atomically(const fs::path& path, const std::function<void(std::ostream&)>& write) {
  FreshFile file(path);
  DescriptorBuffer buffer(file.descriptor(), path.string());
  buffer.write_stream(write);
  file.put_in_place();
}

void write_file_atomically(const fs::path& path, std::string_view bytes) {
  write_file_atomically(
      path, [bytes](std::ostream& stream) { stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size())); });
}

ScratchDirectory::ScratchDirectory() {
  std::error_code error;
  std::string name = (fs::temp_directory_path(error) / "sbert-XXXXXX").string();
  if (error || ::mkdtemp(name.data()) == nullptr) fail_system(name, "create", errno);
  path_ = name;
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void sync_directory(const fs::path& path) {
  sync(path, O_RDONLY | O_DIRECTORY, "write");
}

}  // namespace sbert
