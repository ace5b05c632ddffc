#include "base/gzip_input.h"

#include <cerrno>
#include <cstring>
#include <unistd.h>

#include <zlib.h>

#include "base/fail.h"

namespace sbert {

namespace {

gzFile open_input(const std::filesystem::path& path) {
  if (path == "-") return gzdopen(dup(STDIN_FILENO), "rb");
  if (std::filesystem::is_directory(path)) {
    fail(ErrorCode::invalid_argument, path.string(), ": is a directory, expected a file");
  }
  errno = 0;
  // zlib reads plain files as they are, so one way in serves both.
  return gzopen(path.c_str(), "rb");
}

}  // namespace

void GzipInput::Close::operator()(gzFile file) const {
  gzclose(file);
}

GzipInput::GzipInput(const std::filesystem::path& path)
    : name_(path == "-" || path == "/dev/stdin" ? "stdin" : path.string()), file_(open_input(path)) {
  if (file_ == nullptr) {
    const ErrorCode code = errno == ENOENT ? ErrorCode::not_found : ErrorCode::io;
    fail(code, name_, ": cannot be read: ", std::strerror(errno));
  }
  gzbuffer(file_.get(), 1u << 17);
  if (path.extension() == ".gz" && !compressed()) {
    fail(ErrorCode::corrupt_data, name_, ": is no gzip file, as its name says; rename it, or get it again");
  }
}

bool GzipInput::compressed() const {
  return gzdirect(file_.get()) == 0;
}

size_t GzipInput::read(std::span<char> bytes) {
  const int count = gzread(file_.get(), bytes.data(), static_cast<unsigned>(bytes.size()));
  int status = Z_OK;
  gzerror(file_.get(), &status);
  if (status == Z_ERRNO) fail(ErrorCode::io, name_, ": cannot be read: ", std::strerror(errno));
  if (count < 0 || (status != Z_OK && status != Z_STREAM_END)) {
    fail(ErrorCode::corrupt_data, name_, ": the gzip data is damaged or cut off");
  }
  return static_cast<size_t>(count);
}

}  // namespace sbert
