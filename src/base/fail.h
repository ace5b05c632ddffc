#pragma once

#include <sstream>
#include <string>

#include <sbert/error.h>

namespace sbert {

/// Joins anything that can be streamed into one string.
template <class... Parts>
std::string concat(const Parts&... parts) {
  std::ostringstream out;
  (out << ... << parts);
  return std::move(out).str();
}

/// `text` on one line that a terminal shows as it is: control characters become "\n", "\x1b" and so on. Messages quote
/// names from files that nobody trusts.
std::string one_line(const std::string& text);

/// Throws `Error` with a message made of `parts`: what, where, what to do.
template <class... Parts>
[[noreturn]] void fail(ErrorCode code, const Parts&... parts) {
  throw Error(code, one_line(concat(parts...)));
}

}  // namespace sbert
