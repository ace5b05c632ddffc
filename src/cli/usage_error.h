#pragma once

#include <stdexcept>
#include <string>

#include "base/fail.h"

namespace sbert::cli {

/// The command line makes no sense: exit status 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

template <class... Parts>
[[noreturn]] void fail_usage(const Parts&... parts) {
  throw UsageError(concat(parts...));
}

}  // namespace sbert::cli
