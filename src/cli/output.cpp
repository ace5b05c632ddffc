#include "cli/output.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <streambuf>
#include <string_view>
#include <unistd.h>

#include "base/fail.h"
#include "base/files.h"

namespace sbert::cli {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail_write(const std::string& name, int error) {
  fail(ErrorCode::io, name, ": cannot write: ", std::strerror(error));
}

/// Writes to a file descriptor; unlike std::filebuf it throws, and says why.
class DescriptorBuffer : public std::streambuf {
 public:
  DescriptorBuffer(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {
    setp(buffer_.data(), buffer_.data() + buffer_.size());
  }

 protected:
  int_type overflow(int_type next) override {
    sync();
    if (!traits_type::eq_int_type(next, traits_type::eof())) sputc(traits_type::to_char_type(next));
    return traits_type::not_eof(next);
  }
  int sync() override {
    std::string_view left(pbase(), static_cast<size_t>(pptr() - pbase()));
    setp(buffer_.data(), buffer_.data() + buffer_.size());
    while (!left.empty()) {
      const ssize_t written = ::write(descriptor_, left.data(), left.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0 && errno == EPIPE) throw ClosedPipe();
      if (written < 0) fail_write(name_, errno);
      left.remove_prefix(static_cast<size_t>(written));
    }
    return 0;
  }

 private:
  int descriptor_;
  std::string name_;
  std::array<char, 1 << 16> buffer_;
};

void write_descriptor(int descriptor, const std::string& name, const std::function<void(std::ostream&)>& write) {
  DescriptorBuffer buffer(descriptor, name);
  std::ostream out(&buffer);
  out.exceptions(std::ios::badbit);
  write(out);
  out.flush();
}

void write_device(const fs::path& path, const std::function<void(std::ostream&)>& write) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) fail_write(path.string(), errno);
  try {
    write_descriptor(descriptor, path.string(), write);
  } catch (...) {
    ::close(descriptor);
    throw;
  }
  if (::close(descriptor) != 0) fail_write(path.string(), errno);
}

}  // namespace

void write_stdout(const std::function<void(std::ostream&)>& write) {
  write_descriptor(STDOUT_FILENO, "stdout", write);
}

void write_output(const std::string& path, const std::function<void(std::ostream&)>& write) {
  if (path.empty() || path == "-") return write_stdout(write);
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status)) fail_write(path, EISDIR);
  if (fs::exists(status) && !fs::is_regular_file(status)) return write_device(path, write);
  // A link stays a link: what it points to is replaced.
  write_file_atomically(fs::exists(status) ? fs::canonical(path) : fs::path(path), write);
}

void check_output(const std::ostream& out, const std::string& path) {
  if (!out) fail_write(path, errno != 0 ? errno : EIO);
}

fs::path directory_for(const fs::path& path) {
  fs::path directory = fs::absolute(path / "").parent_path().lexically_normal().parent_path();
  std::error_code ignored;
  while (!fs::exists(directory, ignored) && directory.has_relative_path())
    directory = directory.parent_path();
  return directory;
}

void check_can_write(const fs::path& path, uint64_t bytes) {
  const fs::path directory = directory_for(path);
  std::string probe = (directory / ".sbert-XXXXXX").string();
  if (::mkdtemp(probe.data()) == nullptr) {
    fail(ErrorCode::io, path.string(), ": cannot be written, because ", directory.string(),
         " does not let us: ", std::strerror(errno));
  }
  ::rmdir(probe.c_str());
  std::error_code error;
  const fs::space_info space = fs::space(directory, error);
  if (!error && space.available < bytes) {
    fail(ErrorCode::io, path.string(), ": needs ", bytes >> 20, " MiB, but ", directory.string(), " has only ",
         space.available >> 20, " MiB free");
  }
}

}  // namespace sbert::cli
