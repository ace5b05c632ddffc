#pragma once

#include <string>

#include "base/json.h"

namespace sbert::test {

/// Options without which there is no such loss.
inline Json needed_options(const std::string&) {
  return Json::object();
}

}  // namespace sbert::test
