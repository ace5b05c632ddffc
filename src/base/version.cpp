#include "base/version.h"

namespace sbert {

std::string_view version() {
  return SBERT_VERSION;
}

}  // namespace sbert
