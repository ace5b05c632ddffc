#include "data/class_names.h"

#include <cmath>
#include <set>

#include "base/fail.h"
#include "data/cell.h"
#include "data/table.h"

namespace sbert {

bool is_missing_label(const Value& cell) {
  // Tables that were made with pandas have NaN where there is nothing.
  if (cell.is_null() || (cell.is_number() && std::isnan(cell.number()))) return true;
  return cell.is_text() && (cell.text() == "-" || cell.text().find_first_not_of(" \t") == std::string::npos);
}

bool is_missing_class(const Value& cell) {
  return is_missing_label(cell) || as_number(cell) == -1;
}

std::vector<std::string> find_class_names(const std::filesystem::path& path, const TableOptions& options,
                                          const Column& label, bool skip_missing) {
  if (path == "-") {
    fail(ErrorCode::invalid_argument,
         "stdin: classes are counted before they are numbered, and stdin cannot be read "
         "twice; name the classes, or use a file");
  }
  TableOptions only_label = options;
  only_label.columns = {label};
  TableReader table(path, only_label);
  std::set<std::string> names;
  std::string a_name, place_of_number;
  std::vector<Value> row;
  while (table.next(row)) {
    if (skip_missing && is_missing_class(row[0])) continue;
    if (is_missing_label(row[0])) {
      fail(ErrorCode::corrupt_data, table.where(), ": column '", label.role, "' holds ", row[0].describe(),
           ", expected a class; sbert train --no-unlabelled leaves such rows out");
    }
    if (row[0].is_text()) {
      if (!as_number(row[0])) a_name = row[0].text();
      names.insert(row[0].text());
    } else {
      number_in(row[0], label.role, table.where());
      place_of_number = table.where();
    }
  }
  if (a_name.empty()) return {};
  if (!place_of_number.empty()) {
    fail(ErrorCode::corrupt_data, place_of_number, ": column '", label.role, "' holds a number, and elsewhere '",
         a_name, "': name all classes, or number all");
  }
  return {names.begin(), names.end()};
}

}  // namespace sbert
