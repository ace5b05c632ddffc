#pragma once

#include "text/normalizer.h"

namespace sbert::text {

/// Lower-cases every character by itself; unlike Python's str.lower, a final sigma is a sigma like any other.
void to_lower(TrackedText& text);

}  // namespace sbert::text
