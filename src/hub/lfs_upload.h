#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "hub/client.h"
#include "hub/local_files.h"

namespace sbert::hub {

/// A large file on its way to the storage.
struct LfsObject {
  LocalFile file;
  std::string sha256;
};

/// Where an object is to be sent, as the Hub answers it.
struct LfsUpload {
  std::string url;  ///< of the storage; of the Hub, to say that all parts are there, if there are parts
  std::vector<std::string> part_urls{};  ///< of parts of `part_size` bytes, the last one perhaps shorter
  uint64_t part_size = 0;
  std::string verify_url{};  ///< where to ask whether it arrived; may be empty
};

/// What the Hub answers about one object: nothing if the storage has it. THROWS: corrupt_data; network with the Hub's
/// reason if it will not take it.
std::optional<LfsUpload> parse_lfs_answer(const Json& answer, const LfsObject& object, const std::string& where);

/// Sends to the storage what it does not have yet. `revision` is what the commit will be on; empty for a pull request.
/// `sent` is called with bytes as they go out (and, when something has to be repeated, with less than before).
void upload_large_files(Client& client, const RepoId& repo, const std::string& revision,
                        const std::vector<LfsObject>& objects, const std::function<void(uint64_t sent)>& sent);

}  // namespace sbert::hub
