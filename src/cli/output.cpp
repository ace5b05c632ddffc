#include "cli/output.h"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/descriptor_buffer.h"
#include "base/directories.h"
#include "base/fail.h"
#include "base/files.h"
#include "base/fresh_entry.h"
#include "cli/interrupt.h"

namespace sbert::cli {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail_write(const std::string& name, int error) {
  fail(ErrorCode::io, name, ": cannot write: ", std::strerror(error));
}

class OutputBuffer : public DescriptorBuffer {
 public:
  using DescriptorBuffer::DescriptorBuffer;

 protected:
  int sync() override {
    throw_if_interrupted();
    return DescriptorBuffer::sync();
  }
  void refused(int error) const override {
    if (error == EPIPE) throw ClosedPipe();
    DescriptorBuffer::refused(error);
  }
};

void write_descriptor(int descriptor, const std::string& name, const std::function<void(std::ostream&)>& write) {
  OutputBuffer buffer(descriptor, name);
  buffer.write_stream(write);
}

/// Where output goes.
struct Destination {
  enum class Kind { descriptor, in_place, file } kind = Kind::file;
  int descriptor = -1;
  fs::path path{};
};

/// N of a link /proc/self/fd/N, by which name ever.
std::optional<int> descriptor_of(const fs::path& link) {
  std::error_code error;
  if (fs::canonical(link.parent_path(), error) != fs::canonical("/proc/self/fd", error) || error) return std::nullopt;
  const std::string name = link.filename();
  int number = -1;
  const auto parsed = std::from_chars(name.data(), name.data() + name.size(), number);
  if (parsed.ec != std::errc() || parsed.ptr != name.data() + name.size()) return std::nullopt;
  return number;
}

std::optional<int> descriptor_behind(fs::path place) {
  std::error_code error;
  for (int links = 0; links < 40 && fs::is_symlink(fs::symlink_status(place, error)); ++links) {
    if (const auto descriptor = descriptor_of(place)) return descriptor;
    place = place.parent_path() / fs::read_symlink(place, error);
  }
  return std::nullopt;
}

/// What is mounted itself, as containers mount single files, cannot be replaced.
bool is_mount_point(const fs::path& path) {
  struct statx status {};
  return ::statx(AT_FDCWD, path.c_str(), 0, STATX_TYPE, &status) == 0 &&
         (status.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

Destination find_destination(const std::string& path) {
  if (path.empty() || path == "-") return {Destination::Kind::descriptor, STDOUT_FILENO, "stdout"};
  if (const auto descriptor = descriptor_behind(fs::absolute(path))) {
    return {Destination::Kind::descriptor, *descriptor, path};
  }
  if (!fs::path(path).has_filename()) fail_write(path, EISDIR);
  const fs::path place = follow_links(path);
  std::error_code error;
  const fs::file_status status = fs::status(place, error);
  if (fs::is_directory(status)) fail_write(path, EISDIR);
  const bool in_place = fs::exists(status) && (!fs::is_regular_file(status) || is_mount_point(place));
  return {in_place ? Destination::Kind::in_place : Destination::Kind::file, -1, place};
}

void write_in_place(const fs::path& path, const std::function<void(std::ostream&)>& write) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC));
  if (!file) fail_write(path.string(), errno);
  write_descriptor(file.get(), path.string(), write);
  if (::close(file.release()) != 0) fail_write(path.string(), errno);
}

void write_file(const fs::path& path, const std::function<void(std::ostream&)>& write) {
  const InterruptGuard guard;
  FreshFile file(path);
  write_descriptor(file.descriptor(), path.string(), write);
  file.put_in_place();
}

/// Makes the entry that is missing, and those below it, under another name for a moment. THROWS: io.
void probe(const fs::path& path) {
  const fs::path there = directory_for(path);
  const fs::path missing = path.lexically_relative(there);
  const FreshDirectory fresh(there, missing.begin()->string());
  fs::path below = fresh.path();
  for (const fs::path& name : missing) {
    below /= name;
    if (::mkdir(below.c_str(), 0777) != 0) fail_write(path.string(), errno);
  }
}

}  // namespace

void write_stdout(const std::function<void(std::ostream&)>& write) {
  write_descriptor(STDOUT_FILENO, "stdout", write);
}

void write_output(const std::string& path, const std::function<void(std::ostream&)>& write) {
  const Destination to = find_destination(path);
  switch (to.kind) {
    case Destination::Kind::descriptor:
      return write_descriptor(to.descriptor, to.path.string(), write);
    case Destination::Kind::in_place:
      return write_in_place(to.path, write);
    case Destination::Kind::file:
      return write_file(to.path, write);
  }
}

void require_writable(const std::string& path) {
  const Destination to = find_destination(path);
  if (to.kind == Destination::Kind::descriptor) {
    const int flags = ::fcntl(to.descriptor, F_GETFL);
    if (flags < 0 || (flags & O_ACCMODE) == O_RDONLY) fail_write(to.path.string(), EBADF);
  } else if (to.kind == Destination::Kind::in_place) {
    if (::access(to.path.c_str(), W_OK) != 0) fail_write(to.path.string(), errno);
  } else if (file_exists(to.path.parent_path())) {
    const FreshFile fresh(to.path);
  } else {
    probe(to.path);
  }
}

void require_writable_directory(const fs::path& path, uint64_t bytes) {
  const fs::path place = follow_links(path);
  if (file_exists(place)) {
    if (!fs::is_directory(place)) fail(ErrorCode::io, path.string(), ": is a file; a model is a directory");
    const FreshDirectory fresh(place, "new");
  } else {
    probe(place);
  }
  const fs::path directory = directory_for(place / "x");
  std::error_code error;
  const fs::space_info space = fs::space(directory, error);
  if (!error && space.available < bytes) {
    fail(ErrorCode::io, path.string(), ": needs ", bytes >> 20, " MiB, but ", directory.string(), " has only ",
         space.available >> 20, " MiB free");
  }
}

bool can_seek(const std::string& path) {
  const Destination to = find_destination(path);
  if (to.kind == Destination::Kind::file) return true;
  struct stat status {};
  if (to.kind == Destination::Kind::in_place) {
    return ::stat(to.path.c_str(), &status) == 0 && (S_ISREG(status.st_mode) || S_ISBLK(status.st_mode));
  }
  // The end of what a shell opened may be anywhere, and be written to by others.
  return false;
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

}  // namespace sbert::cli
