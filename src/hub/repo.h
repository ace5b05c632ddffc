#pragma once

#include <string>
#include <string_view>

namespace sbert::hub {

enum class RepoKind { model, dataset };

/// A repository of the Hub.
struct RepoId {
  RepoKind kind = RepoKind::model;
  std::string name;  ///< "acme/tiny"; some old models have no owner: "gpt2"

  std::string api() const;       ///< "/api/models/acme/tiny"
  std::string page() const;      ///< "/acme/tiny", "/datasets/acme/rows"
  std::string folder() const;    ///< in the cache: "models--acme--tiny"
  std::string describe() const;  ///< "model acme/tiny"
};

/// Whether the Hub could have a repository of this name: one or two parts of letters, digits, "-", "_" and ".".
bool is_repo_name(std::string_view name);

/// Whether the name of a file, as a server or a user gives it, stays below the directory it is put into, on any file
/// system: relative, without "." and "..", empty parts, control characters and backslashes.
bool is_safe_path(std::string_view path);

/// 40 lower-case hexadecimal digits.
bool is_commit(std::string_view text);
bool is_sha256(std::string_view text);

}  // namespace sbert::hub
