#pragma once

#include <atomic>

namespace sbert::cli {

/// While one of these lives, the first SIGINT or SIGTERM only asks the work to stop; a second one kills as usual.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
};

/// Becomes true when somebody asked us to stop.
const std::atomic<bool>& interrupted();
/// THROWS: Error with code cancelled if somebody asked us to stop.
void throw_if_interrupted();

}  // namespace sbert::cli
