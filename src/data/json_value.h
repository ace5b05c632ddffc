#pragma once

#include <string>
#include <string_view>

#include <sbert/dataset.h>

namespace sbert {

/// Parses one JSON value. `where` (file and line) begins the error message. Nesting is limited, so hostile input cannot
/// exhaust the stack. THROWS: corrupt_data naming the byte.
Value parse_value(std::string_view json, const std::string& where);

}  // namespace sbert
