#include "base/directories.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/files.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail_io(const fs::path& path, const char* what, int error) {
  fail(ErrorCode::io, path.string(), ": cannot ", what, ": ", std::strerror(error));
}

/// A new directory beside `target`, on the same file system.
fs::path make_fresh_directory(const fs::path& target) {
  std::error_code error;
  fs::create_directories(target.parent_path(), error);
  for (unsigned i = 0; !error; ++i) {
    const auto fresh = target.parent_path() / concat(".", target.filename().string(), ".", ::getpid(), "-", i, ".tmp");
    if (fs::create_directory(fresh, error)) return fresh;
  }
  fail_io(target, "create", error.value());
}

/// Swaps two directories, in one step where the file system can.
void exchange(const fs::path& fresh, const fs::path& target) {
  constexpr unsigned kExchange = 2;  // RENAME_EXCHANGE
  if (::syscall(SYS_renameat2, AT_FDCWD, fresh.c_str(), AT_FDCWD, target.c_str(), kExchange) == 0) return;
  if (errno != EINVAL && errno != ENOSYS) fail_io(target, "replace", errno);
  // Some network file systems cannot. If the power fails between the first two, both lie whole beside the target.
  const fs::path aside = fresh.string() + ".old";
  if (::rename(target.c_str(), aside.c_str()) != 0) fail_io(target, "replace", errno);
  if (::rename(fresh.c_str(), target.c_str()) != 0) {
    const int error = errno;
    ::rename(aside.c_str(), target.c_str());
    fail_io(target, "replace", error);
  }
  if (::rename(aside.c_str(), fresh.c_str()) != 0) fail_io(aside, "rename", errno);
}

/// Puts `fresh` where `target` is; what `target` held and `fresh` does not is moved over afterwards.
void replace_directory(const fs::path& fresh, const fs::path& target) {
  if (!file_exists(target)) {
    if (::rename(fresh.c_str(), target.c_str()) != 0) fail_io(target, "create", errno);
    return;
  }
  exchange(fresh, target);
  const fs::path& old = fresh;
  for (const auto& entry : fs::directory_iterator(old)) {
    const fs::path kept = target / entry.path().filename();
    if (!fs::exists(kept)) fs::rename(entry.path(), kept);
  }
  fs::remove_all(old);
}

}  // namespace

void write_directory_atomically(const fs::path& directory, const std::function<void(const fs::path&)>& write) {
  std::error_code error;
  // Through links: what a link points to is replaced, and not the link.
  const fs::path target = (fs::weakly_canonical(fs::absolute(directory), error) / "").parent_path();
  if (error) fail_io(directory, "create", error.value());
  if (file_exists(target) && !fs::is_directory(target, error)) fail_io(target, "replace", ENOTDIR);
  const fs::path fresh = make_fresh_directory(target);
  // People know the files by the names that they would have had.
  const auto in_target = [&](std::string text) {
    const size_t at = text.find(fresh.string());
    return at == std::string::npos ? text : text.replace(at, fresh.string().size(), target.string());
  };
  try {
    write(fresh);
    sync_directory(fresh);
    replace_directory(fresh, target);
    sync_directory(target.parent_path());
  } catch (const fs::filesystem_error& failure) {
    fs::remove_all(fresh, error);
    fail_io(in_target(failure.path1().string()), "write", failure.code().value());
  } catch (const Error& failure) {
    fs::remove_all(fresh, error);
    throw Error(failure.code(), in_target(failure.what()));
  } catch (...) {
    fs::remove_all(fresh, error);
    throw;
  }
}

}  // namespace sbert
