#pragma once

#include <string>

#include "base/json.h"

namespace sbert::report {

/// JSON as a block of YAML, a member a line. What it says is the same in YAML 1.1 (Python) and 1.2 (the Hub): text that
/// could be taken for anything else is quoted, and a text never ends a line or the block. Numbers that JSON does not
/// have, and lists and objects without members, are null. yaml-cpp's emitter cannot write it: it leaves "yes",
/// "12:30:45" and "1e-05" without quotes, lets control characters through, and makes 0.10000000000000001 of 0.1.
std::string to_yaml(const OrderedJson& value);

}  // namespace sbert::report
