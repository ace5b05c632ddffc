#include "base/fresh_entry.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <tuple>
#include <unistd.h>
#include <utility>
#include <vector>

#include "base/fail.h"
#include "base/files.h"
#include "base/permissions.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = ".sbert-", kEnding = ".tmp";
constexpr size_t kRandomLetters = 10;
/// Of a name, so that what is added to it fits into the 255 bytes that a name may have.
constexpr size_t kMaxNameBytes = 100;

/// `absent`: the code where a directory above is missing and cannot be made.
[[noreturn]] void fail_making(const fs::path& path, int error, ErrorCode absent = ErrorCode::not_found) {
  const auto code = error == ENOENT || error == ENOTDIR ? absent : ErrorCode::io;
  fail(code, path.string(), ": cannot write: ", std::strerror(error));
}

std::string shortened_name(const std::string& name) {
  size_t size = std::min(name.size(), kMaxNameBytes);
  while (size < name.size() && size > 0 && (static_cast<unsigned char>(name[size]) & 0xc0) == 0x80)
    --size;  // a character is not cut in two
  return name.substr(0, size);
}

template <class T>
T random_bytes() {
  T random{};
  if (::getrandom(&random, sizeof random, 0) != static_cast<ssize_t>(sizeof random)) {
    fail(ErrorCode::io, "the system has no random numbers: ", std::strerror(errno));
  }
  return random;
}

std::string name_nobody_guesses(const std::string& name) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz012345";
  std::string letters;
  for (const unsigned char byte : random_bytes<std::array<unsigned char, kRandomLetters>>())
    letters += kLetters[byte % kLetters.size()];
  return concat(".", shortened_name(name), kMark, letters, kEnding);
}

/// The name that a fresh entry is for, or its beginning; empty if it is none.
std::string_view name_of_fresh(std::string_view entry) {
  constexpr size_t kAdded = kMark.size() + kRandomLetters + kEnding.size();
  if (entry.size() <= kAdded + 1 || entry.front() != '.' || !entry.ends_with(kEnding)) return "";
  const size_t name_end = entry.size() - kAdded;
  return entry.substr(name_end).starts_with(kMark) ? entry.substr(1, name_end - 1) : "";
}

/// Fresh entries whose names satisfy is_wanted.
template <class IsWanted>
std::vector<fs::path> find_fresh(const fs::path& parent, const IsWanted& is_wanted) {
  std::error_code error;
  std::vector<fs::path> found;
  for (fs::directory_iterator entry(parent.empty() ? "." : parent, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string fresh = entry->path().filename();
    if (const std::string_view name = name_of_fresh(fresh); !name.empty() && is_wanted(name))
      found.push_back(entry->path());
  }
  return found;
}

/// False if somebody else holds it. Where there are no locks everybody has them.
bool lock(int descriptor) {
  return ::flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}

bool is_still_there(const fs::path& path, int descriptor) {
  struct stat named {
  }, open{};
  return ::lstat(path.c_str(), &named) == 0 && ::fstat(descriptor, &open) == 0 && named.st_ino == open.st_ino &&
         named.st_dev == open.st_dev;
}

/// Tries names until make(path) has made something that is locked. THROWS: io, naming `target`.
template <class Make>
std::pair<fs::path, Descriptor> make_entry(const fs::path& target, ErrorCode absent, const Make& make) {
  const fs::path parent = target.parent_path();
  std::error_code error;
  if (!parent.empty() && !fs::is_directory(parent, error)) {
    fs::create_directories(parent, error);
    if (error) fail_making(target, error.value(), absent);
  }
  remove_abandoned(parent, target.filename());
  while (true) {
    const fs::path path = parent / name_nobody_guesses(target.filename());
    Descriptor entry = make(path);
    if (!entry) {
      if (errno == EEXIST) continue;
      fail_making(target, errno, absent);
    }
    // Between the two somebody may have taken it for abandoned.
    if (lock(entry.get()) && is_still_there(path, entry.get())) return {path, std::move(entry)};
  }
}

}  // namespace

FreshFile::FreshFile(fs::path target) : target_(std::move(target)) {
  struct stat status {};
  const bool exists = ::lstat(target_.c_str(), &status) == 0;
  if (!exists && errno != ENOENT) fail_making(target_, errno);
  if (exists && S_ISDIR(status.st_mode)) fail_making(target_, EISDIR);
  // Who may not read what it replaces may at no moment read it.
  const mode_t mode = exists && S_ISREG(status.st_mode) ? 0600 : 0666;
  std::tie(path_, file_) = make_entry(target_, ErrorCode::not_found, [mode](const fs::path& path) {
    return Descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  });
  if (exists) copy_permissions(target_, file_.get());
}

FreshFile::~FreshFile() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

void FreshFile::put_in_place() {
  if (::fsync(file_.get()) != 0 || ::rename(path_.c_str(), target_.c_str()) != 0) fail_making(target_, errno);
  path_.clear();
  sync_directory(target_.has_parent_path() ? target_.parent_path() : fs::path("."));
}

FreshDirectory::FreshDirectory(const fs::path& parent, const std::string& name) : target_(parent / name) {
  const auto make = [](const fs::path& path) {
    if (::mkdir(path.c_str(), 0777) != 0) return Descriptor();
    return Descriptor(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  };
  // Two that begin at the same moment see each other, and both step back: one of them comes again first.
  constexpr int kTries = 5;
  for (int attempt = 1;; ++attempt) {
    std::tie(path_, lock_) = make_entry(target_, ErrorCode::io, make);
    if (find_fresh(parent, [&](std::string_view other) { return other == shortened_name(name); }).size() == 1) return;
    ::rmdir(path_.c_str());
    path_.clear();
    if (attempt == kTries) break;
    ::usleep(1000 + random_bytes<uint16_t>() % 20000);
  }
  fail(ErrorCode::io, target_.string(), ": another process is writing there; wait for it, or choose another place");
}

FreshDirectory::~FreshDirectory() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

void FreshDirectory::put_in_place() {
  if (::rename(path_.c_str(), target_.c_str()) != 0) fail_making(target_, errno);
  path_.clear();
  sync_directory(target_.has_parent_path() ? target_.parent_path() : fs::path("."));
}

void share_file(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::create_directories(to.parent_path(), error);
  const fs::path fresh = to.parent_path() / name_nobody_guesses(to.filename());
  if (::link(from.c_str(), fresh.c_str()) != 0) {
    const auto file = MappedFile::open(from);
    const auto bytes = file->bytes();
    return write_file_atomically(to, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  }
  if (const Descriptor file(::open(fresh.c_str(), O_RDONLY | O_CLOEXEC)); file) copy_permissions(to, file.get());
  if (::rename(fresh.c_str(), to.c_str()) == 0) return;
  const int reason = errno;
  ::unlink(fresh.c_str());
  fail_making(to, reason);
}

void remove_abandoned(const fs::path& parent, const std::string& name) {
  std::error_code error;
  const std::string begin = shortened_name(name);
  for (const fs::path& path : find_fresh(parent, [&](std::string_view other) { return other.starts_with(begin); })) {
    const Descriptor entry(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat status {};
    const bool ours = entry && ::fstat(entry.get(), &status) == 0 && status.st_uid == ::geteuid();
    // Where there are no locks nobody can know that it is abandoned.
    if (ours && ::flock(entry.get(), LOCK_EX | LOCK_NB) == 0) fs::remove_all(path, error);
  }
}

void remove_whole(const fs::path& path) {
  const fs::path doomed = path.parent_path() / name_nobody_guesses(path.filename());
  if (::rename(path.c_str(), doomed.c_str()) != 0) {
    fail(ErrorCode::io, path.string(), ": cannot remove: ", std::strerror(errno));
  }
  std::error_code error;
  fs::remove_all(doomed, error);
  if (error) fail(ErrorCode::io, path.string(), ": cannot remove: ", error.message());
}

}  // namespace sbert
