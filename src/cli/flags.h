#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/values.h"

namespace sbert::cli {

/// The flags and arguments of one command: declared once, each bound to a field of the command's options; then parsed,
/// and listed by --help in the order of their declaration.
///
/// `--name value` and `--name=value` mean the same; a flag given twice has its last value; after `--` nothing is a
/// flag. Arguments are read before flags, so that flags win over a file that an argument names.
class Flags {
 public:
  struct Flag {
    std::string name;         ///< "--model"
    std::string placeholder;  ///< what stands for the value in --help; empty if the flag takes none
    std::string help;         ///< empty: not listed
    std::string group;
    std::function<void(std::string_view)> read{};
    bool is_required = false;
    bool is_given = false;

    void required() { is_required = true; }
  };
  /// Words that a flag takes, listed by --help after all flags.
  struct List {
    std::string title;
    std::vector<std::pair<std::string, std::string>> entries;  ///< word, what it means
  };
  struct Argument {
    std::string placeholder;
    std::string help;
    std::function<void(std::string_view)> read{};
    bool repeated = false;
    bool is_required = false;
    size_t given = 0;

    void required() { is_required = true; }
  };

  /// The title, in --help, of the flags declared after it.
  void group(std::string title) { group_ = std::move(title); }

  template <class T>
  Flag& value(const std::string& name, const std::string& placeholder, T& target, const std::string& help) {
    return add(name, placeholder, help, [&target](std::string_view text) { read_value(text, target); });
  }
  /// A value that may be given many times.
  template <class T>
  Flag& values(const std::string& name, const std::string& placeholder, std::vector<T>& target,
               const std::string& help) {
    return add(name, placeholder, help, [&target](std::string_view text) { read_value(text, target.emplace_back()); });
  }
  /// A flag without a value: sets `target` to `meaning`.
  template <class Bool>
  Flag& toggle(const std::string& name, Bool& target, const std::string& help, bool meaning = true) {
    return add(name, "", help, [&target, meaning](std::string_view) { target = meaning; });
  }

  /// Arguments that are not flags, in order.
  template <class T>
  Argument& argument(const std::string& placeholder, T& target, const std::string& help) {
    return add_argument(placeholder, help, false, [&target](std::string_view text) { read_value(text, target); });
  }
  /// All arguments that are left.
  Argument& arguments(const std::string& placeholder, std::vector<std::string>& target, const std::string& help) {
    return add_argument(placeholder, help, true, [&target](std::string_view text) { target.emplace_back(text); });
  }

  /// An argument that is more than a value.
  Argument& argument(const std::string& placeholder, const std::string& help,
                     std::function<void(std::string_view)> read) {
    return add_argument(placeholder, help, false, std::move(read));
  }

  void list(List list) { lists_.push_back(std::move(list)); }

  /// THROWS: UsageError naming the flag. Returns false if --help was asked for; then nothing else counts.
  bool parse(std::span<const std::string> words);

  /// REQUIRES: a declared flag.
  bool given(std::string_view name) const;

  const std::vector<Flag>& flags() const { return flags_; }
  const std::vector<Argument>& arguments() const { return arguments_; }
  const std::vector<List>& lists() const { return lists_; }

 private:
  /// A flag or argument on the command line, and its value.
  struct Given {
    const std::function<void(std::string_view)>* read;
    std::string_view name;  ///< of a flag
    std::string_view value;
  };

  Flag& add(const std::string& name, const std::string& placeholder, const std::string& help,
            std::function<void(std::string_view)> read);
  Argument& add_argument(const std::string& placeholder, const std::string& help, bool repeated,
                         std::function<void(std::string_view)> read);
  Flag* find(std::string_view name);
  [[noreturn]] void fail_unknown(std::string_view name) const;
  /// Takes the flag at the front of `words`, and its value.
  Given take_flag(std::span<const std::string>& words);
  Given take_argument(std::string_view word);
  static void read_flag(const Given& given);
  void check_required() const;

  std::string group_;
  std::vector<Flag> flags_;
  std::vector<Argument> arguments_;
  std::vector<List> lists_;
};

}  // namespace sbert::cli
