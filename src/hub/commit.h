#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "hub/client.h"
#include "hub/lfs_upload.h"
#include "hub/local_files.h"

namespace sbert::hub {

/// Where a commit goes.
struct CommitTarget {
  RepoId repo;
  std::string revision;
  bool create_pr = false;

  std::string query() const { return create_pr ? "?create_pr=1" : ""; }
};

/// What the server makes of a file, before it is sent.
struct UploadMode {
  bool large = false;                 ///< by git-lfs
  bool ignored = false;               ///< .gitignore of the repository says so
  std::optional<std::string> hash{};  ///< of the file of this name that is there: SHA-256 of a large one, else git's
};

/// One mode a file, in the same order. THROWS: RefusedError, NetworkError, corrupt_data.
std::vector<UploadMode> ask_upload_modes(Client& client, const CommitTarget& target,
                                         const std::vector<LocalFile>& files);

/// The modes in one answer, for these files. THROWS: corrupt_data.
std::vector<UploadMode> parse_upload_modes(const Json& answer, const std::vector<LocalFile>& files,
                                           const std::string& where);

struct Commit {
  std::string message;
  std::string parent;  ///< what it changes; the Hub refuses it if that is not the newest commit
  std::vector<LocalFile> small{};
  std::vector<LfsObject> large{};  ///< uploaded already
};

/// Makes the commit, or the pull request, and returns its address. It is not repeated by itself but where the Hub
/// counts requests and did not take it: a lost answer may have been a success. THROWS: RefusedError, NetworkError,
/// corrupt_data.
std::string make_commit(Client& client, const CommitTarget& target, const Commit& commit);

}  // namespace sbert::hub
