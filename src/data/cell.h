#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sbert/dataset.h>

namespace sbert {

/// Takes the text out of a cell of a table. `where` (file and line) and `column` begin the error message.
/// THROWS: corrupt_data if it holds anything else.
std::string take_text(Value&& cell, std::string_view column, const std::string& where);

/// The texts in a cell: one, or a list of them. THROWS: corrupt_data.
std::vector<std::string> take_texts(Value&& cell, std::string_view column, const std::string& where);

/// The number in a cell, or nothing: a number, text that is a number in full, true (1) or false (0), which may be text
/// as pandas writes and reads it: True, TRUE or true.
std::optional<double> as_number(const Value& cell);
/// The same, if it is a whole number below 2^63: exactly that.
std::optional<int64_t> as_whole_number(const Value& cell);
/// Whether a cell holds true or false, or such text.
bool is_truth_value(const Value& cell);
/// Whether there is nothing in a cell: null, NaN (also as text), blank.
bool is_blank(const Value& cell);

/// The same, if it must be one.
/// THROWS: corrupt_data for anything else, also for infinities and NaN.
double number_in(const Value& cell, std::string_view column, const std::string& where);

/// An id, which may be written as text or as a whole number.
std::string take_id(Value&& cell, std::string_view column, const std::string& where);

}  // namespace sbert
