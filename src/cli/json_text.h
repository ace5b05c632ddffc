#pragma once

#include <span>
#include <string>
#include <string_view>

namespace sbert::cli {

// JSON is written by hand where there is a lot of it: no tree, and the shortest digits that read back as the same
// float.

/// REQUIRES: valid UTF-8.
void append_json_string(std::string& out, std::string_view text);
/// null if it is not finite: JSON has no such numbers.
void append_json_number(std::string& out, float value);
void append_json_number(std::string& out, double value);
void append_json_array(std::string& out, std::span<const float> values);

}  // namespace sbert::cli
