#pragma once

#include <atomic>

namespace sbert::cli {

/// While one of these lives, the first SIGINT or SIGTERM only asks the work to stop, and a second one kills as usual.
/// SIGHUP, which a terminal that goes away sends more than once, only ever asks; nohup keeps it away.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

 private:
  bool handles_hangup_;
};

/// Becomes true when somebody asked us to stop.
const std::atomic<bool>& interrupted();
/// THROWS: Error with code cancelled if somebody asked us to stop.
void throw_if_interrupted();
/// The exit status that tells a shell which signal stopped us: 130 after SIGINT, 143 after SIGTERM, 129 after SIGHUP.
int interrupt_status();

}  // namespace sbert::cli
