#include <algorithm>
#include <string>

#include "base/fail.h"
#include "cli/command.h"

namespace sbert::cli {

namespace {

constexpr size_t kLineWidth = 100;

/// `text` in lines of at most kLineWidth, indented; the first line begins at `column` already.
void print_wrapped(std::ostream& out, std::string_view text, size_t indent) {
  size_t column = indent;
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    if (column > indent && column + 1 + end > kLineWidth) {
      out << '\n' << std::string(indent, ' ');
      column = indent;
    }
    if (column > indent) out << ' ';
    out << text.substr(0, end);
    column += end + (column > indent ? 1 : 0);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  out << '\n';
}

void print_entry(std::ostream& out, const std::string& name, const std::string& help, size_t width) {
  out << "  " << name << std::string(width - name.size() + 2, ' ');
  print_wrapped(out, help, width + 4);
}

std::string shown(const Flags::Flag& flag) {
  return flag.placeholder.empty() ? flag.name : concat(flag.name, " ", flag.placeholder);
}

std::string usage(const Command& command, const Flags& flags) {
  std::string line = concat("sbert ", command.name);
  for (const auto& flag : flags.flags()) {
    if (flag.is_required) line += concat(" ", shown(flag));
  }
  for (const auto& argument : flags.arguments()) {
    const std::string text = argument.placeholder + (argument.repeated ? " ..." : "");
    line += argument.is_required ? concat(" ", text) : concat(" [", text, "]");
  }
  return line + " [flags]";
}

}  // namespace

void print_help(std::ostream& out) {
  out << "sbert: sentence embeddings that train, evaluate, encode and search\n\n"
         "examples:\n"
         "  echo 'A plane is taking off.' | sbert encode --model all-MiniLM-L6-v2\n"
         "  sbert similarity --model all-MiniLM-L6-v2 'a cat' 'a kitten' 'a car'\n"
         "  sbert train --model all-MiniLM-L6-v2 --data pairs.jsonl --loss MultipleNegativesRankingLoss --output "
         "runs/a\n"
         "\ncommands:\n";
  for (const Command* command : commands()) {
    print_entry(out, std::string(command->name), std::string(command->summary), 12);
  }
  out << "\nflags:\n";
  print_entry(out, "--help", "this text; 'sbert COMMAND --help' shows examples and flags of one command", 12);
  print_entry(out, "--version", "the version", 12);
}

void print_help(std::ostream& out, const Command& command, const Flags& flags) {
  out << "sbert " << command.name << ": " << command.summary << "\n\nexamples:\n"
      << command.examples << "\nusage: " << usage(command, flags) << "\n";

  size_t width = 0;
  for (const auto& argument : flags.arguments())
    width = std::max(width, argument.placeholder.size());
  for (const auto& flag : flags.flags())
    width = std::max(width, shown(flag).size());
  width = std::min<size_t>(width, 28);

  if (!flags.arguments().empty()) out << '\n';
  for (const auto& argument : flags.arguments())
    print_entry(out, argument.placeholder, argument.help, std::max(width, argument.placeholder.size()));
  const std::string* group = nullptr;
  for (const auto& flag : flags.flags()) {
    if (flag.help.empty()) continue;
    if (group == nullptr || *group != flag.group) out << '\n' << flag.group << ":\n";
    group = &flag.group;
    print_entry(out, shown(flag), flag.help, std::max(width, shown(flag).size()));
  }
  for (const auto& list : flags.lists()) {
    out << '\n' << list.title << ":\n";
    for (const auto& [word, meaning] : list.entries) {
      out << "  " << word << "\n      ";
      print_wrapped(out, meaning, 6);
    }
  }
  if (!command.notes.empty()) out << '\n' << command.notes;
}

}  // namespace sbert::cli
