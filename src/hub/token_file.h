#pragma once

#include <string>

#include "hub/settings.h"

namespace sbert::hub {

/// Keeps a token under its name, and as the one that counts: in `stored_tokens` (an INI file with all names) and
/// `token`, both readable by this user only, in a directory only for this user. THROWS: io.
void save_token(const Settings& settings, const std::string& name, const std::string& token);
/// Removes both. False if there was none. THROWS: io.
bool remove_tokens(const Settings& settings);

/// The INI text with this token under this name, and everything else as it was.
std::string with_stored_token(const std::string& text, const std::string& name, const std::string& token);

}  // namespace sbert::hub
