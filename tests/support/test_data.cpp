#include "support/test_data.h"

namespace sbert::test {

// The one place that knows where the checkout is, so that all other objects are the same in every checkout.
std::filesystem::path goldens_directory() {
  return SBERT_GOLDENS_DIRECTORY;
}

}  // namespace sbert::test
