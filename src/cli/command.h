#pragma once

#include <functional>
#include <ostream>
#include <span>
#include <string_view>

#include "cli/flags.h"

namespace sbert::cli {

/// One subcommand; each has its file.
struct Command {
  std::string_view name;
  std::string_view summary;   ///< half a line for `sbert --help`
  std::string_view examples;  ///< begin `sbert NAME --help`
  std::string_view notes;     ///< end it: formats and rules that no flag can explain; may be empty
  /// Declares the flags and returns the work to be done after parsing; it throws if it fails.
  std::function<void()> (*declare)(Flags& flags);
};

// One line here and one in registry.cpp for each command.
extern const Command kConvert;
extern const Command kEncode;
extern const Command kEval;
extern const Command kInfo;
extern const Command kLogin;
extern const Command kLogout;
extern const Command kMine;
extern const Command kPull;
extern const Command kPush;
extern const Command kSimilarity;
extern const Command kTokenize;
extern const Command kTrain;
extern const Command kWhoami;

/// All commands, in the order of `sbert --help`.
std::span<const Command* const> commands();

void print_help(std::ostream& out);
void print_help(std::ostream& out, const Command& command, const Flags& flags);

}  // namespace sbert::cli
