#include "cli/interrupt.h"

#include <csignal>

#include "base/fail.h"

namespace sbert::cli {

namespace {

// A signal handler can reach nothing else.
std::atomic<bool> stop_requested{false};
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void request_stop(int) {
  stop_requested.store(true);
}

void handle(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  // One signal is a request, the next one kills; and a read that waits for a terminal returns.
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
}

}  // namespace

InterruptGuard::InterruptGuard() {
  handle(SIGINT, request_stop);
  handle(SIGTERM, request_stop);
}

InterruptGuard::~InterruptGuard() {
  handle(SIGINT, SIG_DFL);
  handle(SIGTERM, SIG_DFL);
}

const std::atomic<bool>& interrupted() {
  return stop_requested;
}

void throw_if_interrupted() {
  if (stop_requested.load()) fail(ErrorCode::cancelled, "interrupted");
}

}  // namespace sbert::cli
