#include "data/class_names.h"

#include <set>

#include "base/fail.h"
#include "data/cell.h"
#include "data/table.h"

namespace sbert {

bool is_missing_label(const Value& cell) {
  if (cell.is_null()) return true;
  return cell.is_text() && (cell.text() == "-" || cell.text().find_first_not_of(" \t") == std::string::npos);
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
  bool numbers = true;
  std::vector<Value> row;
  while (table.next(row)) {
    if (is_missing_label(row[0])) {
      if (skip_missing) continue;
      fail(ErrorCode::corrupt_data, table.where(), ": column '", label.role, "' holds ", row[0].describe(),
           ", expected a class");
    }
    if (row[0].is_text()) {
      numbers = numbers && as_number(row[0]).has_value();
      names.insert(row[0].text());
    } else {
      number_in(row[0], label.role, table.where());
    }
  }
  if (numbers) return {};
  return {names.begin(), names.end()};
}

}  // namespace sbert
