#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/json.h"

namespace sbert {

/// One value of a table: text; a number (where the file format knows numbers); or what else a jsonl file can hold: a
/// list, an object, true, false, null.
using Cell = std::variant<std::string, double, OrderedJson>;

/// Takes the text out of a cell. `where` (file and line) and `column` begin the error message.
/// THROWS: corrupt_data if it holds anything else.
std::string take_text(Cell&& cell, std::string_view column, const std::string& where);

/// The number in a cell: a number, text that is a number in full, true (1) or false (0).
/// THROWS: corrupt_data for anything else, also for infinities and NaN.
double number_in(const Cell& cell, std::string_view column, const std::string& where);

}  // namespace sbert
