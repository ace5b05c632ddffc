#pragma once

#include <string_view>

namespace sbert {

// How data is named: FILE, DIR, DIR:split, hf:name, hf:name:split.

inline constexpr std::string_view kHubPrefix = "hf:";

/// Whether it begins with "hf:", and so names (a split of) a data set of the Hub.
bool is_hub_address(std::string_view text);

/// FILE, DIR or hf:name at the beginning of `text`: what comes before the first colon that is none of a directory's
/// name.
std::string_view data_place(std::string_view text);

/// The same with the split, if it is one that has splits; behind another colon there may follow anything.
std::string_view data_address(std::string_view text);

}  // namespace sbert
