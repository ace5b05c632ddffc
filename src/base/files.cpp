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

uint64_t regular_size(int descriptor, const fs::path& path) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) fail_system(path, "read", errno);
  if (S_ISDIR(status.st_mode)) fail_system(path, "read", EISDIR);
  return static_cast<uint64_t>(status.st_size);
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

std::string read_file(const fs::path& path, uint64_t max_bytes) {
  const Descriptor file = open_descriptor(path, O_RDONLY);
  if (!file) fail_system(path, "read", errno);
  std::string bytes;
  // A pipe or /proc file says 0; then it is read until it ends.
  bytes.reserve(std::min(regular_size(file.get(), path), max_bytes) + 1);
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

std::shared_ptr<const MappedFile> MappedFile::open(const fs::path& path) {
  const Descriptor file = open_descriptor(path, O_RDONLY);
  if (!file) fail_system(path, "read", errno);
  const uint64_t size = regular_size(file.get(), path);
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
