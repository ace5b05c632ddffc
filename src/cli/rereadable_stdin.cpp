#include "cli/rereadable_stdin.h"

#include <cerrno>
#include <cstring>
#include <unistd.h>
#include <vector>

#include "base/fail.h"
#include "base/temporary_file.h"

namespace sbert::cli {

namespace {

void copy_stdin(TemporaryFile& file) {
  std::vector<std::byte> buffer(size_t{1} << 16);
  while (true) {
    const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(ErrorCode::io, "stdin: cannot be read: ", std::strerror(errno));
    if (got == 0) return;
    file.append(std::span(buffer).first(static_cast<size_t>(got)));
  }
}

}  // namespace

std::string rereadable_stdin(const std::filesystem::path& directory) {
  // A file that begins where we begin to read will do as it is.
  if (::lseek(STDIN_FILENO, 0, SEEK_CUR) != 0) {
    TemporaryFile file(directory);
    copy_stdin(file);
    if (::dup2(file.descriptor(), STDIN_FILENO) < 0) fail(ErrorCode::io, "stdin: ", std::strerror(errno));
  }
  return "/dev/stdin";
}

}  // namespace sbert::cli
