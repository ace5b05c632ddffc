#include "hub/cache.h"

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <unistd.h>

#include "base/fail.h"
#include "base/files.h"

namespace sbert::hub {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kMaxReference = 1024;
constexpr std::string_view kTag =
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# This directory is a cache of files from the Hugging Face Hub: https://bford.info/cachedir/\n";

void make_directories(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (!error) return;
  fail(ErrorCode::io, path.string(), ": cannot create: ", error.message(),
       "; HF_HOME, HF_HUB_CACHE or SENTENCE_TRANSFORMERS_HOME says where the cache may be");
}

/// From the directory of snapshots/<commit>/<path> to blobs/<hash>.
fs::path link_target(const std::string& path, const std::string& hash) {
  fs::path target = "../..";
  for (const char c : path) {
    if (c == '/') target /= "..";
  }
  return target / "blobs" / hash;
}

void copy_whole(const fs::path& from, const fs::path& to) {
  write_file_atomically(to, [&](std::ostream& out) {
    std::ifstream in(from, std::ios::binary);
    if (!in) fail(ErrorCode::io, from.string(), ": cannot read: ", std::strerror(errno));
    if (in.peek() != std::ifstream::traits_type::eof()) out << in.rdbuf();
  });
}

}  // namespace

RepoCache::RepoCache(const Settings& settings, RepoId repo)
    : cache_(settings.cache_of(repo.kind)),
      root_(cache_ / repo.folder()),
      locks_(cache_ / ".locks" / repo.folder()),
      symlinks_(settings.symlinks) {}

std::optional<std::string> RepoCache::commit_of(const std::string& revision) const {
  if (is_commit(revision)) return revision;
  const fs::path reference = root_ / "refs" / revision;
  std::error_code ignored;
  if (!is_safe_path(revision) || !fs::is_regular_file(reference, ignored)) return std::nullopt;
  std::string commit = read_file(reference, kMaxReference);
  commit = commit.substr(0, commit.find_last_not_of(" \r\n") + 1);
  // Whoever wrote it: a name of digits leads nowhere but into snapshots/.
  const bool hexadecimal = !commit.empty() && commit.find_first_not_of("0123456789abcdef") == std::string::npos;
  return hexadecimal ? std::optional(commit) : std::nullopt;
}

std::optional<fs::path> RepoCache::find_snapshot(const std::string& revision) const {
  const auto commit = commit_of(revision);
  std::error_code ignored;
  if (!commit || !fs::is_directory(snapshot(*commit), ignored)) return std::nullopt;
  return snapshot(*commit);
}

void RepoCache::remember(const std::string& revision, const std::string& commit) const {
  if (is_commit(revision) || commit_of(revision) == commit) return;
  write_file_atomically(root_ / "refs" / revision, commit);
}

void RepoCache::link(const std::string& commit, const std::string& path, const std::string& hash) const {
  static std::atomic<unsigned> counter{0};
  const fs::path place = snapshot(commit) / path;
  make_directories(place.parent_path());
  if (!symlinks_) return copy_whole(blob(hash), place);
  const fs::path target = link_target(path, hash);
  std::error_code error;
  if (fs::read_symlink(place, error) == target) return;
  const fs::path fresh = place.parent_path() / concat(".", hash.substr(0, 16), ".", ::getpid(), "-", counter++, ".tmp");
  if (::symlink(target.c_str(), fresh.c_str()) != 0) return copy_whole(blob(hash), place);
  if (::rename(fresh.c_str(), place.c_str()) == 0) return;
  const int reason = errno;
  ::unlink(fresh.c_str());
  fail(ErrorCode::io, place.string(), ": cannot create: ", std::strerror(reason));
}

void RepoCache::create() const {
  for (const fs::path& path : {root_ / "blobs", root_ / "refs", root_ / "snapshots", locks_})
    make_directories(path);
  if (!file_exists(cache_ / "CACHEDIR.TAG")) write_file_atomically(cache_ / "CACHEDIR.TAG", kTag);
}

std::optional<CachedRepo> find_cached_repo(const fs::path& place) {
  std::error_code error;
  for (fs::path path = fs::absolute(place, error); path.has_relative_path(); path = path.parent_path()) {
    if (path.parent_path().filename() != "snapshots") continue;
    const std::string folder = path.parent_path().parent_path().filename().string();
    for (const RepoKind kind : {RepoKind::model, RepoKind::dataset}) {
      const std::string prefix = RepoId{.kind = kind, .name = ""}.folder();
      if (!folder.starts_with(prefix)) continue;
      std::string name = folder.substr(prefix.size());
      const size_t dashes = name.find("--");
      if (dashes != std::string::npos) name = concat(name.substr(0, dashes), "/", name.substr(dashes + 2));
      if (is_repo_name(name)) return CachedRepo{{kind, name}, path.filename().string(), path};
    }
  }
  return std::nullopt;
}

}  // namespace sbert::hub
