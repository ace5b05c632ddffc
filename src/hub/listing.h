#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/cache.h"
#include "hub/client.h"

namespace sbert::hub {

/// A file of one commit.
struct RepoFile {
  std::string path;
  uint64_t size = 0;
  std::string git_hash;                 ///< of the file, or of the pointer in its place
  std::optional<std::string> sha256{};  ///< of a large file (git-lfs)

  /// What its content is called in the cache, and what it must hash to.
  const std::string& hash() const { return sha256 ? *sha256 : git_hash; }
};

/// The commit that `revision` is on the Hub now. THROWS: RefusedError, NetworkError; corrupt_data.
std::string ask_commit(Client& client, const RepoId& repo, const std::string& revision);

/// All files of a commit, from the cache or else from the Hub (which is then kept: a commit never changes).
std::vector<RepoFile> list_files(Client& client, const RepoId& repo, const std::string& commit);
/// From the cache alone.
std::optional<std::vector<RepoFile>> find_listing(const RepoCache& cache, const std::string& commit);

/// Adds the files of one page of a listing, as the Hub sends it. THROWS: corrupt_data, also for a name that would leave
/// the directory it is put into.
void append_page(std::vector<RepoFile>& files, const Json& page, const std::string& where);
/// Reads what `trees/<commit>.json` of the cache holds. THROWS: corrupt_data.
std::vector<RepoFile> parse_tree(const Json& tree, const std::string& where);

}  // namespace sbert::hub
