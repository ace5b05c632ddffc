#pragma once

#include <string>

#include "hub/client.h"
#include "hub/repo.h"

namespace sbert::hub {

/// Creates a model repository, "name" (then it is the caller's own) or "owner/name", if there is none, and returns its
/// full name. THROWS: RefusedError; access_denied if it should be private and is public.
RepoId open_repository(Client& client, const std::string& name, bool is_private);

/// Makes a branch from main, if there is none.
void open_branch(Client& client, const RepoId& repo, const std::string& branch);

}  // namespace sbert::hub
