#include "data/class_names.h"

#include <algorithm>
#include <set>

#include "base/fail.h"
#include "data/cell.h"
#include "data/table.h"

namespace sbert {

namespace {

constexpr int64_t kLargestExactLabel = (int64_t{1} << 24) - 1;

/// Numbers below 0 are no classes, which is for others to say.
std::vector<std::string> number_names(const std::set<int64_t>& numbers) {
  std::vector<std::string> names;
  if (numbers.empty() || *numbers.begin() < 0 || *numbers.rbegin() <= kLargestExactLabel) return names;
  for (const int64_t number : numbers)
    names.push_back(std::to_string(number));
  return names;
}

}  // namespace

bool is_missing_label(const Value& cell) {
  if (cell.is_list()) return cell.size() == 0 || std::ranges::any_of(cell.list(), is_missing_label);
  return is_blank(cell) || (cell.is_text() && cell.text() == "-");
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
  std::set<int64_t> numbers;
  std::string a_name, place_of_number;
  std::vector<Value> row;
  while (table.next(row)) {
    if (skip_missing && is_missing_class(row[0])) continue;
    if (is_missing_label(row[0])) {
      fail(ErrorCode::corrupt_data, table.where(), ": column '", label.role, "' holds ", row[0].describe(),
           ", expected a class; sbert train --no-unlabelled leaves such rows out");
    }
    const std::optional<int64_t> number = as_whole_number(row[0]);
    if (number) numbers.insert(*number);
    if (row[0].is_text()) {
      if (!as_number(row[0]) || is_truth_value(row[0])) a_name = row[0].text();
      names.insert(row[0].text());
    } else {
      number_in(row[0], label.role, table.where());
      place_of_number = table.where();
    }
  }
  if (a_name.empty()) return number_names(numbers);
  if (!place_of_number.empty()) {
    fail(ErrorCode::corrupt_data, place_of_number, ": column '", label.role, "' holds a number, and elsewhere '",
         a_name, "': name all classes, or number all");
  }
  return {names.begin(), names.end()};
}

}  // namespace sbert
