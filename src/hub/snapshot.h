#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <sbert/progress.h>

#include "hub/cache.h"
#include "hub/client.h"
#include "hub/listing.h"

namespace sbert::hub {

/// The files of one commit: the Hub has them all, the cache has some, and `fetch` gets others. One thread at a time.
class Snapshot {
 public:
  /// Asks the Hub what `revision` is now; a commit is asked for nothing that the cache knows.
  /// THROWS: RefusedError, NetworkError; invalid_argument for a revision that cannot be one.
  Snapshot(Client& client, RepoId repo, std::string revision);

  const std::string& commit() const { return commit_; }
  const std::vector<RepoFile>& files() const { return files_; }
  std::filesystem::path directory() const { return cache_.snapshot(commit_); }
  /// Null if the commit has no such file; the cache remembers that then.
  const RepoFile* find(const std::string& path) const;

  /// Those of them that the cache does not have.
  std::vector<RepoFile> missing(const std::vector<RepoFile>& files) const;
  /// Brings files into directory(), several at a time, in any number of processes at once. `progress` is called with
  /// the bytes of all. What arrived before an error stays. THROWS: what BlobDownload throws; io before anything is
  /// fetched if the disk is too small; what `progress` throws.
  void fetch(const std::vector<RepoFile>& files, const ProgressCallback& progress = {});
  /// The revision means this commit from now on, also without a network. Call it when all files are there: others take
  /// what a reference leads to as complete.
  void remember() const { cache_.remember(revision_, commit_); }

 private:
  void check_space(const std::vector<RepoFile>& files) const;
  void fetch_one(Client& client, const RepoFile& file, std::atomic<int64_t>& done) const;

  Client& client_;
  RepoId repo_;
  RepoCache cache_;
  std::string revision_, commit_;
  std::vector<RepoFile> files_;
};

}  // namespace sbert::hub
