#pragma once

#include <string_view>

namespace sbert {

/// Of this library: "0.1.0".
std::string_view version();

}  // namespace sbert
