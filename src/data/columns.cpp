#include "data/columns.h"

#include <algorithm>
#include <array>

#include "base/fail.h"
#include "data/cell.h"

namespace sbert {

namespace {

struct Assignment {
  std::string name;
  std::string value;  ///< equal to name if there is no '='
};

std::vector<Assignment> parse_assignments(std::string_view text, std::string_view option) {
  std::vector<Assignment> result;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(',', begin), text.size());
    const std::string_view item = text.substr(begin, end - begin);
    const size_t equals = std::min(item.find('='), item.size());
    const std::string_view name = item.substr(0, equals);
    const std::string_view value = equals == item.size() ? name : item.substr(equals + 1);
    if (name.empty() || value.empty()) {
      fail(ErrorCode::invalid_argument, option, ": '", item, "' in '", text, "' should be NAME=VALUE");
    }
    result.push_back({std::string(name), std::string(value)});
    begin = end + 1;
  }
  return result;
}

}  // namespace

bool is_label(std::string_view role) {
  constexpr std::array<std::string_view, 4> kLabels{"label", "labels", "score", "scores"};
  return std::find(kLabels.begin(), kLabels.end(), role) != kLabels.end();
}

std::vector<Column> parse_columns(std::string_view text) {
  std::vector<Column> columns;
  for (Assignment& assignment : parse_assignments(text, "columns")) {
    for (const Column& earlier : columns) {
      if (earlier.role == assignment.name || (is_label(earlier.role) && is_label(assignment.name))) {
        fail(ErrorCode::invalid_argument, "columns: '", earlier.role, "' and '", assignment.name, "' in '", text,
             "' are the same; name each role once, with one label");
      }
    }
    columns.push_back({std::move(assignment.name), std::move(assignment.value)});
  }
  return columns;
}

void set_scales(std::vector<Column>& columns, std::string_view text) {
  for (const Assignment& assignment : parse_assignments(text, "scale")) {
    if (assignment.name == assignment.value) {
      fail(ErrorCode::invalid_argument, "scale: '", text, "' does not say what is scaled: write score=0.2, with the ",
           "label's name in front");
    }
    const auto column = std::find_if(columns.begin(), columns.end(),
                                     [&](const Column& known) { return known.role == assignment.name; });
    if (column == columns.end() || !is_label(column->role)) {
      fail(ErrorCode::invalid_argument, "scale: '", assignment.name,
           "' is not a label among the columns; the column to scale must be called label, labels, score or scores");
    }
    column->scale = number_in(assignment.value, assignment.name, "scale");
  }
}

}  // namespace sbert
