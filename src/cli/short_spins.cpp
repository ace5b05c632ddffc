#include "cli/short_spins.h"

#include <cstdlib>
#include <unistd.h>

namespace sbert::cli {

void restart_with_short_spins(char** arguments) {
  if (std::getenv("GOMP_SPINCOUNT") != nullptr || std::getenv("OMP_WAIT_POLICY") != nullptr) return;
  setenv("GOMP_SPINCOUNT", "1000", 0);
  execv("/proc/self/exe", arguments);  // returns only where that is not possible; then it goes on as it is
}

}  // namespace sbert::cli
