#include "data/cell.h"

#include <charconv>
#include <cmath>
#include <optional>

namespace sbert {

namespace {

constexpr size_t kShownBytes = 60;

/// What a cell holds, for messages: long texts are cut, at a character.
std::string shown(const std::string& text) {
  if (text.size() <= kShownBytes) return concat("'", text, "'");
  size_t end = kShownBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
    --end;
  return concat("'", text.substr(0, end), "...'");
}

std::string describe(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return shown(*text);
  if (const auto* number = std::get_if<double>(&cell)) return concat("the number ", *number);
  const auto& json = std::get<OrderedJson>(cell);
  if (json.is_array()) return "a list";
  if (json.is_object()) return "an object";
  return json.dump();
}

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

std::optional<double> to_number(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return parse_number(*text);
  if (const auto* number = std::get_if<double>(&cell)) return *number;
  const auto& json = std::get<OrderedJson>(cell);
  if (json.is_boolean()) return json.get<bool>() ? 1 : 0;
  return std::nullopt;
}

}  // namespace

std::string take_text(Cell&& cell, std::string_view column, const std::string& where) {
  if (auto* text = std::get_if<std::string>(&cell)) return std::move(*text);
  fail(ErrorCode::corrupt_data, where, ": column '", column, "' holds ", describe(cell),
       ", expected text; choose the columns with --columns");
}

double number_in(const Cell& cell, std::string_view column, const std::string& where) {
  const std::optional<double> number = to_number(cell);
  if (number && std::isfinite(*number)) return *number;
  fail(ErrorCode::corrupt_data, where, ": column '", column, "' holds ", describe(cell), ", expected a number");
}

}  // namespace sbert
