#include "cli/flags.h"

#include <algorithm>
#include <utility>

#include "cli/suggest.h"
#include "cli/usage_error.h"

namespace sbert::cli {

namespace {

bool looks_like_flag(std::string_view word) {
  return word.size() > 1 && word.front() == '-';
}

}  // namespace

Flags::Flag& Flags::add(const std::string& name, const std::string& placeholder, const std::string& help,
                        std::function<void(std::string_view)> read) {
  return flags_.emplace_back(Flag{name, placeholder, help, group_, std::move(read)});
}

Flags::Argument& Flags::add_argument(const std::string& placeholder, const std::string& help, bool repeated,
                                     std::function<void(std::string_view)> read) {
  return arguments_.emplace_back(Argument{placeholder, help, std::move(read), repeated});
}

Flags::Flag* Flags::find(std::string_view name) {
  const auto found = std::find_if(flags_.begin(), flags_.end(), [name](const Flag& flag) { return flag.name == name; });
  return found == flags_.end() ? nullptr : &*found;
}

void Flags::fail_unknown(std::string_view name) const {
  std::vector<std::string> known;
  for (const Flag& flag : flags_)
    known.push_back(flag.name);
  fail_usage("unknown flag '", name, "'", suggest(name, known));
}

void Flags::read_flag(const Given& given) {
  try {
    (*given.read)(given.value);
  } catch (const UsageError& error) {
    fail_usage(given.name, ": ", error.what());
  } catch (const Error& error) {
    fail_usage(given.name, ": ", error.what());
  }
}

bool Flags::given(std::string_view name) const {
  return std::any_of(flags_.begin(), flags_.end(), [name](const Flag& f) { return f.name == name && f.is_given; });
}

Flags::Given Flags::take_flag(std::span<const std::string>& words) {
  const std::string_view word = words.front();
  words = words.subspan(1);
  const size_t equals = word.find('=');
  const std::string_view name = word.substr(0, equals);
  Flag* const flag = find(name);
  if (flag == nullptr) fail_unknown(name);
  flag->is_given = true;
  if (flag->placeholder.empty()) {
    if (equals != std::string_view::npos) fail_usage(name, " takes no value");
    return {&flag->read, name, ""};
  }
  if (equals != std::string_view::npos) return {&flag->read, name, word.substr(equals + 1)};
  // A value may begin with a dash; one that is itself a flag is a forgotten value.
  if (words.empty() || find(words.front()) != nullptr) {
    fail_usage(name, " needs a value: ", name, " ", flag->placeholder);
  }
  const std::string_view value = words.front();
  words = words.subspan(1);
  return {&flag->read, name, value};
}

Flags::Given Flags::take_argument(std::string_view word) {
  for (Argument& argument : arguments_) {
    if (argument.given > 0 && !argument.repeated) continue;
    ++argument.given;
    return {&argument.read, "", word};
  }
  fail_usage("unexpected argument '", word, "'");
}

void Flags::check_required() const {
  for (const Argument& argument : arguments_) {
    if (argument.is_required && argument.given == 0) {
      fail_usage(argument.placeholder, " is missing: ", argument.help);
    }
  }
  for (const Flag& flag : flags_) {
    if (flag.is_required && !flag.is_given) {
      fail_usage(flag.name, " is missing: ", flag.name, " ", flag.placeholder, " is ", flag.help);
    }
  }
}

bool Flags::parse(std::span<const std::string> words) {
  std::vector<Given> arguments, flags;
  bool flags_ended = false;
  while (!words.empty()) {
    const std::string& word = words.front();
    if (!flags_ended && (word == "--help" || word == "-h")) return false;
    if (!flags_ended && looks_like_flag(word) && word != "--") {
      flags.push_back(take_flag(words));
      continue;
    }
    words = words.subspan(1);
    if (!flags_ended && word == "--") {
      flags_ended = true;
    } else {
      arguments.push_back(take_argument(word));
    }
  }
  check_required();
  for (const Given& given : arguments)
    (*given.read)(given.value);
  for (const Given& given : flags)
    read_flag(given);
  return true;
}

}  // namespace sbert::cli
