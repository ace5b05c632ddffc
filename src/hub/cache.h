#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "hub/repo.h"
#include "hub/settings.h"

namespace sbert::hub {

/// Where the cache that Python's huggingface_hub shares keeps one repository:
///
///     models--acme--tiny/refs/main                   the commit that "main" meant when it was asked for
///                        blobs/<git SHA-1 or SHA-256>  contents, each once
///                        snapshots/<commit>/<path>     relative links to contents
///                        trees/<commit>.json           the files of a commit
///                        .no_exist/<commit>/<path>     empty: the commit has no such file
///     .locks/models--acme--tiny/<hash>.lock            whoever writes a content holds this one
///
/// A content, a link and a reference appear whole or not at all. A value; safe to use from many threads and processes.
class RepoCache {
 public:
  RepoCache(const Settings& settings, RepoId repo);

  std::filesystem::path blob(const std::string& hash) const { return root_ / "blobs" / hash; }
  std::filesystem::path lock(const std::string& hash) const { return locks_ / (hash + ".lock"); }
  std::filesystem::path snapshot(const std::string& commit) const { return root_ / "snapshots" / commit; }
  std::filesystem::path tree(const std::string& commit) const { return root_ / "trees" / (commit + ".json"); }
  std::filesystem::path missing(const std::string& commit, const std::string& path) const {
    return root_ / ".no_exist" / commit / path;
  }

  /// The commit that `revision` meant when it was last asked for, or that it is itself.
  std::optional<std::string> commit_of(const std::string& revision) const;
  /// The directory of that commit, if the cache has (a part of) it.
  std::optional<std::filesystem::path> find_snapshot(const std::string& revision) const;

  /// From now on `revision` means `commit`, also without a network.
  void remember(const std::string& revision, const std::string& commit) const;
  /// Makes `path` of `commit` a link to the content `hash`, or a copy of it where there are no links.
  void link(const std::string& commit, const std::string& path, const std::string& hash) const;
  /// Makes the directories, and tells backup programs that a cache needs no backup.
  void create() const;

 private:
  std::filesystem::path cache_, root_, locks_;
  bool symlinks_;
};

/// Whose file or directory it is, and of which commit, if it lies in the snapshot of a repository.
struct CachedRepo {
  RepoId id;
  std::string commit;
  std::filesystem::path snapshot;  ///< the directory of that commit
};
std::optional<CachedRepo> find_cached_repo(const std::filesystem::path& place);

}  // namespace sbert::hub
