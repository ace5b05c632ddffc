#pragma once

#include <string>

#include "base/json.h"
#include "support/goldens.h"

namespace sbert::test {

/// Options without which there is no such loss.
inline Json needed_options(const std::string& loss) {
  if (loss.find("GIST") != std::string::npos) return {{"guide", engine_golden("model_dense").string()}};
  return Json::object();
}

}  // namespace sbert::test
