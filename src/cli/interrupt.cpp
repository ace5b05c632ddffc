#include "cli/interrupt.h"

#include <csignal>

#include "base/fail.h"

namespace sbert::cli {

namespace {

// A signal handler can reach nothing else.
std::atomic<bool> stop_requested{false};
std::atomic<int> stop_signal{SIGINT};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

extern "C" void request_stop(int signal) {
  if (!stop_requested.load()) stop_signal.store(signal);
  stop_requested.store(true);
}

void handle(int signal, void (*handler)(int), int flags) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
}

bool is_ignored(int signal) {
  struct sigaction action {};
  sigaction(signal, nullptr, &action);
  return action.sa_handler == SIG_IGN;
}

}  // namespace

InterruptGuard::InterruptGuard() : handles_hangup_(!is_ignored(SIGHUP)) {
  // One signal is a request, the next one kills; and a read that waits for a terminal returns.
  constexpr int kOnce = static_cast<int>(SA_RESETHAND);
  handle(SIGINT, request_stop, kOnce);
  handle(SIGTERM, request_stop, kOnce);
  if (handles_hangup_) handle(SIGHUP, request_stop, 0);
}

InterruptGuard::~InterruptGuard() {
  handle(SIGINT, SIG_DFL, 0);
  handle(SIGTERM, SIG_DFL, 0);
  if (handles_hangup_) handle(SIGHUP, SIG_DFL, 0);
}

const std::atomic<bool>& interrupted() {
  return stop_requested;
}

void throw_if_interrupted() {
  if (stop_requested.load()) fail(ErrorCode::cancelled, "interrupted");
}

int interrupt_status() {
  return 128 + stop_signal.load();
}

}  // namespace sbert::cli
