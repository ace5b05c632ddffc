#pragma once

#include <string>

#include <sbert/hub.h>

#include "base/json.h"
#include "hub/client.h"

namespace sbert::hub {

/// What the Hub answers to /api/whoami-v2. THROWS: corrupt_data.
HubAccount parse_account(const Json& answer, const std::string& where);

/// THROWS: access_denied if there is no token or it is not valid; network.
HubAccount ask_account(Client& client);

/// THROWS: access_denied, saying how to log in, if there is no token.
void require_token(const Settings& settings);

}  // namespace sbert::hub
