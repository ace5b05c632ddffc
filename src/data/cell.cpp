#include "data/cell.h"

#include <charconv>
#include <cmath>
#include <optional>

#include "base/fail.h"

namespace sbert {

namespace {

std::optional<double> parse_number(std::string_view text) {
  constexpr std::string_view kBlanks = " \t";
  const size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return std::nullopt;
  text = text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

[[noreturn]] void fail_cell(const Value& cell, std::string_view column, const std::string& where,
                            std::string_view expected) {
  fail(ErrorCode::corrupt_data, where, ": column '", column, "' holds ", cell.describe(), ", expected ", expected);
}

}  // namespace

std::string take_text(Value&& cell, std::string_view column, const std::string& where) {
  if (!cell.is_text()) fail_cell(cell, column, where, "text; choose the columns with --columns");
  return std::move(cell.text());
}

std::vector<std::string> take_texts(Value&& cell, std::string_view column, const std::string& where) {
  std::vector<std::string> texts;
  if (!cell.is_list()) {
    texts.push_back(take_text(std::move(cell), column, where));
    return texts;
  }
  for (Value& element : cell.list())
    texts.push_back(take_text(std::move(element), column, where));
  return texts;
}

std::optional<double> as_number(const Value& cell) {
  if (cell.is_text()) return parse_number(cell.text());
  if (cell.is_number()) return cell.number();
  if (cell.is_bool()) return cell.truth() ? 1 : 0;
  return std::nullopt;
}

double number_in(const Value& cell, std::string_view column, const std::string& where) {
  const std::optional<double> number = as_number(cell);
  if (!number || !std::isfinite(*number)) fail_cell(cell, column, where, "a number");
  return *number;
}

std::string take_id(Value&& cell, std::string_view column, const std::string& where) {
  constexpr double kLargest = 9007199254740992;  // from here on not every whole number is a double
  if (cell.is_text()) return std::move(cell.text());
  if (!cell.is_number() || std::fabs(cell.number()) > kLargest || cell.number() != std::floor(cell.number())) {
    fail_cell(cell, column, where, "text or a whole number");
  }
  return concat(static_cast<int64_t>(cell.number()));
}

}  // namespace sbert
