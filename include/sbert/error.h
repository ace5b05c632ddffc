#pragma once

#include <stdexcept>
#include <string>

namespace sbert {

/// What kind of thing went wrong; the message says where and what to do.
enum class ErrorCode {
  invalid_argument,  ///< The caller asked for something that makes no sense (an unknown loss, a negative batch size).
  not_found,         ///< A file, model, column or name does not exist.
  io,                ///< The operating system refused: permission, disk full, broken pipe.
  corrupt_data,      ///< A file or message is not what its format says (truncated, wrong type, bad UTF-8).
  unsupported,       ///< Well-formed, but this version or this CPU cannot do it.
  network,           ///< A server cannot be reached or does not do its part; trying again may help.
  access_denied,     ///< A server wants another token, or an agreement, first.
  cancelled,         ///< The user interrupted the work.
};

/// The only exception the library throws on purpose. Its message is one line: what, where (file, line, tensor), and
/// what to do about it. The library never prints, aborts or exits.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}

  ErrorCode code() const noexcept { return code_; }

 private:
  ErrorCode code_;
};

}  // namespace sbert
