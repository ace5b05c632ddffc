#include "data/cell.h"

#include <charconv>
#include <cmath>
#include <optional>

#include "base/fail.h"

namespace sbert {

namespace {

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view kBlanks = " \t";
  const size_t first = text.find_first_not_of(kBlanks);
  return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

template <class Number>
std::optional<Number> parse_as(std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  Number value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<bool> parse_truth(std::string_view text) {
  if (text == "True" || text == "TRUE" || text == "true") return true;
  if (text == "False" || text == "FALSE" || text == "false") return false;
  return std::nullopt;
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
  if (cell.is_number()) return cell.number();
  if (cell.is_bool()) return cell.truth() ? 1 : 0;
  if (!cell.is_text()) return std::nullopt;
  const std::string_view text = without_blanks(cell.text());
  if (const auto truth = parse_truth(text)) return *truth ? 1 : 0;
  return parse_as<double>(text);
}

std::optional<int64_t> as_whole_number(const Value& cell) {
  if (cell.is_text()) {
    if (const auto whole = parse_as<int64_t>(without_blanks(cell.text()))) return whole;
  }
  const std::optional<double> number = as_number(cell);
  return cell.is_number() ? cell.whole_number() : number ? Value(*number).whole_number() : std::nullopt;
}

bool is_truth_value(const Value& cell) {
  return cell.is_bool() || (cell.is_text() && parse_truth(without_blanks(cell.text())));
}

bool is_blank(const Value& cell) {
  if (cell.is_null() || (cell.is_text() && without_blanks(cell.text()).empty())) return true;
  const std::optional<double> number = as_number(cell);
  return number && std::isnan(*number);
}

double number_in(const Value& cell, std::string_view column, const std::string& where) {
  const std::optional<double> number = as_number(cell);
  if (!number || !std::isfinite(*number)) fail_cell(cell, column, where, "a number");
  return *number;
}

std::string take_id(Value&& cell, std::string_view column, const std::string& where) {
  if (cell.is_text()) return std::move(cell.text());
  const std::optional<int64_t> whole = cell.whole_number();
  if (!whole) fail_cell(cell, column, where, "text or a whole number");
  return std::to_string(*whole);
}

}  // namespace sbert
