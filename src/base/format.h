#pragma once

#include <cstdint>
#include <string>

namespace sbert {

/// "1,234,567".
std::string format_count(uint64_t count);
/// "1:02:03" or "2:03".
std::string format_duration(double seconds);

}  // namespace sbert
