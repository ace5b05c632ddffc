#include "base/directories.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>

#include "base/fail.h"
#include "base/files.h"
#include "base/fresh_entry.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNew = "new";
constexpr int kMaxLinks = 40;  // as many as the system follows

[[noreturn]] void fail_directory(const fs::path& path, const char* what, int error) {
  fail(ErrorCode::io, path.string(), ": cannot ", what, ": ", std::strerror(error));
}

/// Runs work(). People know files in `fresh` by the names that they will have in `target`.
template <class Work>
void naming_target(const fs::path& fresh, const fs::path& target, const Work& work) {
  const auto in_target = [&](std::string text) {
    const size_t at = text.find(fresh.string());
    return at == std::string::npos ? text : text.replace(at, fresh.string().size(), target.string());
  };
  try {
    work();
  } catch (const fs::filesystem_error& failure) {
    fail_directory(in_target(failure.path1().string()), "write", failure.code().value());
  } catch (const Error& failure) {
    throw Error(failure.code(), in_target(failure.what()));
  }
}

/// The topmost directory of `path` that is not there.
fs::path first_missing(const fs::path& path) {
  fs::path missing;
  for (fs::path above = path; !file_exists(above) && above.has_relative_path(); above = above.parent_path())
    missing = above;
  return missing;
}

}  // namespace

fs::path follow_links(const fs::path& path) {
  fs::path place = (fs::absolute(path) / "").parent_path();
  std::error_code error;
  for (int links = 0; fs::is_symlink(fs::symlink_status(place, error)); ++links) {
    if (links == kMaxLinks) fail_directory(path, "write", ELOOP);
    place = (place.parent_path() / fs::read_symlink(place) / "").parent_path();
  }
  const fs::path whole = fs::weakly_canonical(place, error);
  return error ? place : whole;
}

void make_directory_atomically(const fs::path& directory, const std::function<void(const fs::path&)>& write) {
  const fs::path target = follow_links(directory);
  if (file_exists(target)) fail_directory(target, "create", EEXIST);
  FreshDirectory fresh(target.parent_path(), target.filename());
  naming_target(fresh.path(), target, [&] {
    write(fresh.path());
    sync_directory(fresh.path());
    fresh.put_in_place();
  });
}

void fill_directory(const fs::path& directory, const std::function<void(const fs::path&)>& write,
                    const std::function<void(const fs::path&)>& take) {
  const fs::path target = follow_links(directory);
  const FreshDirectory fresh(target, kNew);
  naming_target(fresh.path(), target, [&] {
    write(fresh.path());
    take(fresh.path());
  });
}

void remove_abandoned_fills(const fs::path& directory) {
  remove_abandoned(directory, kNew);
}

LockedDirectory::LockedDirectory(const fs::path& directory) : path_(follow_links(directory)) {
  struct stat open {
  }, named{};
  // Whoever held it before may remove it while we open it.
  do {
    const fs::path missing = first_missing(path_);
    std::error_code error;
    fs::create_directories(path_, error);
    if (error) fail_directory(directory, "create", error.value());
    if (!missing.empty()) made_ = missing;
    lock_ = Descriptor(::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!lock_ && errno == ENOENT) continue;
    if (!lock_) fail_directory(directory, "write", errno);
    if (::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      made_.clear();
      fail(ErrorCode::io, directory.string(),
           ": another process is writing there; wait for it, stop it, or choose another directory");
    }
  } while (::stat(path_.c_str(), &named) != 0 || ::fstat(lock_.get(), &open) != 0 || named.st_ino != open.st_ino ||
           named.st_dev != open.st_dev);
  remove_abandoned_fills(path_);
}

LockedDirectory::~LockedDirectory() {
  if (made_.empty()) return;
  for (fs::path empty = path_; ::rmdir(empty.c_str()) == 0 && empty != made_;)
    empty = empty.parent_path();
}

}  // namespace sbert
