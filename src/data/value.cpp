#include <algorithm>
#include <cmath>

#include <sbert/dataset.h>

#include "base/fail.h"

namespace sbert {

namespace {

constexpr size_t kShownBytes = 60;

/// Long texts are cut, at a character.
std::string quoted(const std::string& text) {
  if (text.size() <= kShownBytes) return concat("'", text, "'");
  size_t end = kShownBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
    --end;
  return concat("'", text.substr(0, end), "...'");
}

[[noreturn]] void fail_type(const Value& value, std::string_view expected) {
  fail(ErrorCode::corrupt_data, "expected ", expected, ", but it is ", value.describe());
}

}  // namespace

// Not in the header: it keeps users' object code small.
Value::Value() noexcept = default;
Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(const Value& other) = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;

std::string Value::describe() const {
  if (is_null()) return "nothing (null)";
  if (is_bool()) return std::get<bool>(value_) ? "true" : "false";
  if (const auto* whole = std::get_if<int64_t>(&value_)) return concat("the number ", *whole);
  if (is_number()) return concat("the number ", std::get<double>(value_));
  if (is_text()) return quoted(std::get<std::string>(value_));
  return is_list() ? "a list" : "a record";
}

const std::string& Value::text() const {
  if (!is_text()) fail_type(*this, "text");
  return std::get<std::string>(value_);
}

double Value::number() const {
  if (!is_number()) fail_type(*this, "a number");
  const auto* const whole = std::get_if<int64_t>(&value_);
  return whole != nullptr ? static_cast<double>(*whole) : std::get<double>(value_);
}

std::optional<int64_t> Value::whole_number() const {
  constexpr double kLimit = 9223372036854775808.0;  // 2^63
  if (const auto* whole = std::get_if<int64_t>(&value_)) return *whole;
  const auto* const real = std::get_if<double>(&value_);
  if (real == nullptr || !(*real >= -kLimit && *real < kLimit) || *real != std::floor(*real)) return std::nullopt;
  return static_cast<int64_t>(*real);
}

bool Value::truth() const {
  if (!is_bool()) fail_type(*this, "true or false");
  return std::get<bool>(value_);
}

const Value::List& Value::list() const {
  if (!is_list()) fail_type(*this, "a list");
  return std::get<List>(value_);
}

const Value::Record& Value::record() const {
  if (!is_record()) fail_type(*this, "a record");
  return std::get<Record>(value_);
}

size_t Value::size() const {
  return is_record() ? record().size() : list().size();
}

const Value* Value::find(std::string_view name) const {
  if (!is_record()) return nullptr;
  const Record& members = record();
  const auto found = std::find_if(members.begin(), members.end(), [&](const auto& m) { return m.first == name; });
  return found == members.end() ? nullptr : &found->second;
}

const Value& Value::operator[](std::string_view name) const {
  if (const Value* member = find(name)) return *member;
  std::string names;
  for (const auto& [known, value] : record())
    names += (names.empty() ? "'" : ", '") + known + "'";
  fail(ErrorCode::not_found, "there is no '", name, "' among ", names.empty() ? "no columns" : names);
}

const Value& Value::operator[](size_t index) const {
  if (index < list().size()) return list()[index];
  fail(ErrorCode::not_found, "element ", index, " of a list with ", list().size());
}

}  // namespace sbert
