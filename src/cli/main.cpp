#include <algorithm>
#include <cctype>
#include <csignal>
#include <exception>
#include <fcntl.h>
#include <iostream>
#include <new>
#include <string>
#include <unistd.h>
#include <vector>

#include "base/version.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/short_spins.h"
#include "cli/suggest.h"
#include "cli/usage_error.h"

namespace sbert::cli {

namespace {

constexpr int kDone = 0, kFailed = 1, kWrongUsage = 2;

void run_command(const Command& command, std::span<const std::string> words) {
  Flags flags;
  const std::function<void()> work = command.declare(flags);
  try {
    if (!flags.parse(words)) {
      return write_stdout([&](std::ostream& out) { print_help(out, command, flags); });
    }
    work();
  } catch (const UsageError& error) {
    fail_usage(command.name, ": ", error.what(), "  (sbert ", command.name, " --help)");
  }
}

const Command& find_command(const std::string& name) {
  std::vector<std::string> known;
  for (const Command* command : commands()) {
    if (command->name == name) return *command;
    known.emplace_back(command->name);
  }
  fail_usage("unknown command '", name, "'", suggest(name, known), "  (sbert --help)");
}

void run(std::span<const std::string> words) {
  if (words.empty()) fail_usage("a command is missing, such as 'sbert encode'  (sbert --help)");
  if (words[0] == "--help" || words[0] == "-h") return write_stdout([](std::ostream& out) { print_help(out); });
  if (words[0] == "--version") return write_stdout([](std::ostream& out) { out << "sbert " << version() << "\n"; });
  run_command(find_command(words[0]), words.subspan(1));
}

/// One line whatever the message holds; names of files and columns come from outside.
int report(std::string message, int status) {
  std::replace_if(
      message.begin(), message.end(), [](unsigned char c) { return std::iscntrl(c) != 0; }, ' ');
  std::cerr << "sbert: error: " + message + "\n";
  return status;
}

/// A file that we open must not get the number of a standard stream that is closed, and with it what is written there.
/// Such a stream is one that fails.
void open_closed_descriptors() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    const int wrong_way = stream == STDIN_FILENO ? O_WRONLY : O_RDONLY;
    if (::fcntl(stream, F_GETFD) < 0) ::open("/dev/null", wrong_way);  // the lowest number that is free
  }
}

int run_and_report(std::span<const std::string> words) {
  try {
    run(words);
    return kDone;
  } catch (const ClosedPipe&) {
    return kFailed;
  } catch (const UsageError& error) {
    return report(error.what(), kWrongUsage);
  } catch (const Error& error) {
    // A call that a signal interrupted fails, too.
    if (error.code() == ErrorCode::cancelled || interrupted()) return report(error.what(), interrupt_status());
    return report(error.what(), error.code() == ErrorCode::invalid_argument ? kWrongUsage : kFailed);
  } catch (const std::bad_alloc&) {
    return report("out of memory; use a smaller batch or a machine with more of it", kFailed);
  } catch (const std::exception& error) {
    return report(error.what(), kFailed);
  }
}

}  // namespace

}  // namespace sbert::cli

int main(int count, char** values) {
  sbert::cli::open_closed_descriptors();
  sbert::cli::restart_with_short_spins(values);
  // A reader of stdout that goes away is told apart where we write (ClosedPipe); one of stderr must not end a training.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a write that goes beyond the limit for files says so itself
  const std::vector<std::string> words(values + std::min(count, 1), values + count);
  return sbert::cli::run_and_report(words);
}
