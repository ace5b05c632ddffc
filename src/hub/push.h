#pragma once

#include <filesystem>
#include <string>

#include <sbert/hub.h>

#include "hub/client.h"

namespace sbert::hub {

/// push_to_hub() through this client.
PushResult push(Client& client, const std::filesystem::path& directory, const std::string& repository,
                const PushOptions& options);

}  // namespace sbert::hub
