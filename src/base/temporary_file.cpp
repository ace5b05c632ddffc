#include "base/temporary_file.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>

#include "base/fail.h"

namespace sbert {
namespace {

std::filesystem::path system_directory() {
  std::error_code error;
  const auto directory = std::filesystem::temp_directory_path(error);
  return error ? "/tmp" : directory;
}

}  // namespace

TemporaryFile::TemporaryFile(const std::filesystem::path& directory)
    : directory_(directory.empty() ? system_directory() : directory),
      file_(::open(directory_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)) {
  if (file_) return;
  // Not every file system knows files without a name.
  std::string name = (directory_ / ".sbert-XXXXXX").string();
  file_ = Descriptor(::mkostemp(name.data(), O_CLOEXEC));
  if (!file_) fail("make", errno);
  ::unlink(name.c_str());
}

void TemporaryFile::fail(const char* what, int error) const {
  const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  sbert::fail(ErrorCode::io, directory_.string(), ": cannot ", what, " a temporary file: ", std::strerror(error),
              full ? "; make room there, or set TMPDIR to a directory that has more" : "");
}

void TemporaryFile::append(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(file_.get(), bytes.data(), bytes.size(), static_cast<off_t>(size_));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", errno);
    bytes = bytes.subspan(static_cast<size_t>(written));
    size_ += static_cast<uint64_t>(written);
  }
}

void TemporaryFile::read(uint64_t offset, std::span<std::byte> bytes) const {
  while (!bytes.empty()) {
    const ssize_t got = ::pread(file_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) fail("read", got < 0 ? errno : EIO);
    bytes = bytes.subspan(static_cast<size_t>(got));
    offset += static_cast<uint64_t>(got);
  }
}

}  // namespace sbert
