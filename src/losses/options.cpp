#include "losses/options.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace sbert::losses {
namespace {

template <class T>
bool holds(const Json& value) {
  if constexpr (std::is_same_v<T, double>) {
    return value.is_number() && std::isfinite(value.get<double>());
  } else if constexpr (std::is_same_v<T, int64_t>) {
    return value.is_number_integer();
  } else if constexpr (std::is_same_v<T, bool>) {
    return value.is_boolean();
  } else {
    return value.is_string();
  }
}

/// False if `value` is something else.
template <class T>
bool take(const Json& value, T& field) {
  if (!holds<T>(value)) return false;
  field = value.get<T>();
  return true;
}

/// A list, or one element instead of a list of one.
template <class T>
bool take_list(const Json& value, std::vector<T>& field) {
  std::vector<T> list;
  const Json elements = value.is_array() ? value : Json::array({value});
  for (const Json& element : elements) {
    if (!take(element, list.emplace_back())) return false;
  }
  if (list.empty()) return false;
  field = std::move(list);
  return true;
}

}  // namespace

const Json& OptionReader::value(const char* name) {
  static const Json kNull;
  known_.emplace_back(name);
  const auto found = options_.find(name);
  return found == options_.end() ? kNull : *found;
}

void OptionReader::read(const char* name, double& field) {
  const Json& given = value(name);
  if (!given.is_null() && !take(given, field)) fail_value(name, given, "a number");
}

void OptionReader::read(const char* name, int64_t& field) {
  const Json& given = value(name);
  if (!given.is_null() && !take(given, field)) fail_value(name, given, "a whole number");
}

void OptionReader::read(const char* name, bool& field) {
  const Json& given = value(name);
  if (!given.is_null() && !take(given, field)) fail_value(name, given, "true or false");
}

void OptionReader::read(const char* name, std::string& field) {
  const Json& given = value(name);
  if (!given.is_null() && !take(given, field)) fail_value(name, given, "a word");
}

void OptionReader::read(const char* name, std::vector<double>& field) {
  const Json& given = value(name);
  if (!given.is_null() && !take_list(given, field)) fail_value(name, given, "a list of numbers");
}

void OptionReader::read(const char* name, std::vector<int64_t>& field) {
  const Json& given = value(name);
  if (!given.is_null() && !take_list(given, field)) fail_value(name, given, "a list of whole numbers");
}

void OptionReader::read(const char* name, std::vector<std::string>& field) {
  const Json& given = value(name);
  if (!given.is_null() && !take_list(given, field)) {
    fail_value(name, given, "a list of words");
  }
}

void OptionReader::read(const char* name, std::optional<double>& field) {
  double number = 0;
  const Json& given = value(name);
  if (given.is_null()) return;
  if (!take(given, number)) fail_value(name, given, "a number");
  field = number;
}

void OptionReader::read(const char* name, std::optional<size_t>& field) {
  int64_t number = 0;
  const Json& given = value(name);
  if (given.is_null()) return;
  if (!take(given, number) || number < 1) fail_value(name, given, "a whole number, at least 1");
  field = static_cast<size_t>(number);
}

std::vector<std::string> OptionReader::unread() const {
  std::vector<std::string> names;
  for (const auto& [key, value] : options_.items()) {
    if (std::find(known_.begin(), known_.end(), key) == known_.end()) names.push_back(key);
  }
  return names;
}

void OptionReader::finish() const {
  const auto others = unread();
  if (others.empty()) return;
  std::string names;
  for (const auto& name : known_)
    names += (names.empty() ? "" : ", ") + name;
  fail(ErrorCode::invalid_argument, loss_, " has no option '", others.front(),
       "'; it has: ", names.empty() ? "none" : names);
}

void OptionReader::fail_value(const char* name, const Json& value, const std::string& wanted) const {
  fail(ErrorCode::invalid_argument, loss_, ": ", name, " must be ", wanted, ", not ", value.dump());
}

}  // namespace sbert::losses
