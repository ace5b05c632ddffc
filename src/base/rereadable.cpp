#include "base/rereadable.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "base/descriptor.h"
#include "base/fail.h"

namespace sbert {

namespace {

constexpr const char* kStdin = "/dev/stdin";

/// A redirected file that begins where we begin to read will do as it is, if we may open it ourselves.
bool is_whole_file(int descriptor) {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && ::lseek(descriptor, 0, SEEK_CUR) == 0 &&
         ::access(kStdin, R_OK) == 0;
}

std::shared_ptr<const TemporaryFile> copy_of(int descriptor, const std::string& name,
                                             const std::filesystem::path& directory) {
  auto copy = std::make_shared<TemporaryFile>(directory);
  std::vector<std::byte> buffer(size_t{1} << 16);
  while (true) {
    const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(ErrorCode::io, name, ": cannot be read: ", std::strerror(errno));
    if (got == 0) return copy;
    copy->append(std::span(buffer).first(static_cast<size_t>(got)));
  }
}

}  // namespace

/// What is no pipe and no device is a file, or the error that opening it will be.
bool is_rereadable(const InputFile& file) {
  if (file.is_stdin()) return false;
  std::error_code none;
  const auto status = std::filesystem::status(file.path(), none);
  return !std::filesystem::exists(status) || std::filesystem::is_regular_file(status) ||
         std::filesystem::is_directory(status);
}

InputFile rereadable(const InputFile& file, const std::filesystem::path& directory) {
  if (file.is_stdin()) {
    if (is_whole_file(STDIN_FILENO)) return {file.called(), kStdin};
    return {file.called(), copy_of(STDIN_FILENO, file.name(), directory)};
  }
  if (is_rereadable(file)) return file;
  const Descriptor opened(::open(file.path().c_str(), O_RDONLY | O_CLOEXEC));
  if (!opened) fail(ErrorCode::io, file.name(), ": cannot be read: ", std::strerror(errno));
  return {file.called(), copy_of(opened.get(), file.name(), directory)};
}

}  // namespace sbert
