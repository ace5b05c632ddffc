#pragma once

#include <cstddef>
#include <string_view>

namespace sbert::text {

/// End of the grapheme cluster that begins at `at` (UAX 29, extended clusters). Pairs of regional indicators are taken
/// for two clusters: the only user looks at clusters of fewer than six bytes, and a pair has eight.
/// REQUIRES: valid UTF-8, `at < text.size()` the start of a cluster.
size_t grapheme_end(std::string_view text, size_t at);

}  // namespace sbert::text
