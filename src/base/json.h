#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/fail.h"

namespace sbert {

using Json = nlohmann::json;
/// Keeps keys in the order in which they were written; for files whose order people read.
using OrderedJson = nlohmann::ordered_json;

/// Parses `text`; `where` (a file name, perhaps with a line) begins the error message. Nesting is limited, so hostile
/// input cannot exhaust the stack. Of a key that is there twice the last value counts. As Python's json, it takes NaN,
/// Infinity and -Infinity for numbers. THROWS: corrupt_data.
Json parse_json(std::string_view text, const std::string& where);
/// The same, but a key that is there twice in one object is an error, and so is NaN.
Json parse_json_with_unique_keys(std::string_view text, const std::string& where);
/// The same as parse_json, keeping the order of keys.
OrderedJson parse_ordered_json(std::string_view text, const std::string& where);
/// THROWS: as read_regular_file and parse_json.
Json read_json_file(const std::filesystem::path& path);

/// Value of `key` in `object`, converted to T; `fallback` if the key is missing or null. A switch may be a number, as
/// Python has it: 0 is off.
/// THROWS: corrupt_data "<where>: '<key>' should be ..." if it has another type.
template <class T>
T json_value(const Json& object, const char* key, T fallback, const std::string& where);

/// The same, but the key must be there.
template <class T>
T json_required(const Json& object, const char* key, const std::string& where);

namespace detail {
[[noreturn]] void fail_json_type(const char* key, const Json& value, const std::string& where);
}

template <class T>
T json_required(const Json& object, const char* key, const std::string& where) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  if (found == object.end()) fail(ErrorCode::corrupt_data, where, ": '", key, "' is missing");
  if constexpr (std::is_same_v<T, bool>) {
    if (found->is_number()) return found->template get<double>() != 0;
  }
  if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
    if (!found->is_number_integer()) detail::fail_json_type(key, *found, where);
  }
  try {
    return found->template get<T>();
  } catch (const Json::exception&) {
    detail::fail_json_type(key, *found, where);
  }
}

template <class T>
T json_value(const Json& object, const char* key, T fallback, const std::string& where) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  if (found == object.end() || found->is_null()) return fallback;
  return json_required<T>(object, key, where);
}

}  // namespace sbert
