#pragma once

#include <string>
#include <string_view>

namespace sbert::cli {

/// Terminal columns that UTF-8 text takes: none for combining marks, two for East Asian wide characters.
size_t display_width(std::string_view text);
/// The text itself, or its beginning and an ellipsis, at most `width` wide; control characters become spaces.
std::string shortened(std::string_view text, size_t width);
std::string padded_right(std::string text, size_t width);
std::string padded_left(std::string text, size_t width);

/// A field of a tab-separated line: tab, newline, carriage return and backslash are written \t \n \r \\.
std::string tsv_field(std::string_view text);

}  // namespace sbert::cli
