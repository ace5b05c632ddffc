#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fail.h"
#include "base/json.h"

namespace sbert::losses {

/// One of the values that an option takes, and what it is called.
template <class T>
struct Choice {
  std::string_view name;
  T value;
};

template <class T>
using Choices = std::span<const Choice<T>>;

/// Reads the options of a loss, as the command line or a recipe gives them, into a struct of them. An option that is
/// missing or null leaves the field as it is. Errors are one line, begin with the loss and name what it takes.
class OptionReader {
 public:
  /// `options` is an object that outlives this.
  OptionReader(std::string loss, const Json& options) : loss_(std::move(loss)), options_(options) {}

  const std::string& loss() const { return loss_; }

  void read(const char* name, double& field);
  void read(const char* name, int64_t& field);
  void read(const char* name, bool& field);
  void read(const char* name, std::string& field);
  void read(const char* name, std::vector<double>& field);
  void read(const char* name, std::vector<int64_t>& field);
  void read(const char* name, std::vector<std::string>& field);

  void read(const char* name, std::optional<double>& field);
  /// A count, at least 1.
  void read(const char* name, std::optional<size_t>& field);

  template <class T>
  void read(const char* name, T& field, Choices<T> choices) {
    std::string word;
    read(name, word);
    if (!word.empty()) field = chosen(name, word, choices);
  }
  template <class T>
  void read(const char* name, std::vector<T>& field, Choices<T> choices) {
    std::vector<std::string> words;
    read(name, words);
    if (words.empty()) return;
    field.clear();
    for (const std::string& word : words)
      field.push_back(chosen(name, word, choices));
  }

  /// The names of those that nobody has read yet.
  std::vector<std::string> unread() const;
  /// The option as it is, null if it is missing.
  const Json& value(const char* name);

  /// Options that Python has to save memory and that change no number: they are read and nothing is done with them.
  void ignore(std::initializer_list<const char*> names) { known_.insert(known_.end(), names.begin(), names.end()); }

  /// THROWS: invalid_argument, naming those that exist, if there are options that nobody has read.
  void finish() const;

 private:
  [[noreturn]] void fail_value(const char* name, const Json& value, const std::string& wanted) const;
  template <class T>
  T chosen(const char* name, const std::string& word, Choices<T> choices) const {
    std::string names;
    for (const Choice<T>& choice : choices) {
      if (choice.name == word) return choice.value;
      names += (names.empty() ? "" : ", ") + std::string(choice.name);
    }
    fail_value(name, word, "one of " + names);
  }

  std::string loss_;
  const Json& options_;
  std::vector<std::string> known_;
};

/// The name of `value` among `choices`.
template <class T>
std::string name_of(Choices<T> choices, T value) {
  for (const Choice<T>& choice : choices) {
    if (choice.value == value) return std::string(choice.name);
  }
  return {};
}

}  // namespace sbert::losses
