#pragma once

#include <cstdint>

#include "text/tracked_text.h"

namespace sbert::text {

/// A token and where it comes from.
struct TracedToken {
  int32_t id = 0;
  int32_t word = 0;  // index of its piece in the text
  Span span;         // bytes of the text
  /// White space that the token itself begins and ends with, in characters; counted for post-processors that trim.
  size_t leading_space = 0, trailing_space = 0;
};

}  // namespace sbert::text
