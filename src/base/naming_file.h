#pragma once

#include <string>

#include "base/fail.h"

namespace sbert {

/// make(). What it refuses as an argument came from the file `where`: the error names it. THROWS: corrupt_data.
template <class Make>
auto naming_file(const std::string& where, const Make& make) {
  try {
    return make();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::invalid_argument) throw;
    fail(ErrorCode::corrupt_data, where, ": ", error.what());
  }
}

}  // namespace sbert
