#pragma once

#include <filesystem>

namespace sbert {

/// Gives the open file or directory `to` the owner, group, permissions and access list of `from`, as far as this
/// process may. What a group could do is not given to another group.
void copy_permissions(const std::filesystem::path& from, int to);

}  // namespace sbert
