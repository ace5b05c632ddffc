#include "data/text_columns.h"

#include <algorithm>

#include "base/fail.h"
#include "data/cell.h"

namespace sbert {

namespace {

/// As pandas calls an index that has no name, in CSV files, when it reads them again, and in Parquet.
bool is_index_name(const std::string& name) {
  return name.empty() || name.starts_with("Unnamed: ") || name.starts_with("__index_level_");
}

/// --columns with the others.
std::string choice_without(const std::vector<Column>& columns, const Column& left_out) {
  std::string names;
  for (const Column& column : columns) {
    if (column.source == left_out.source || is_index_name(column.source)) continue;
    names += (names.empty() ? "" : ",") + column.source;
    if (names.size() > 100) return "";
  }
  return names.empty() ? "" : ", such as --columns " + names;
}

}  // namespace

TextColumnCheck::TextColumnCheck(const TableReader& table) : name_(table.name()) {
  if (table.chosen()) return;
  columns_ = table.columns();
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (is_index_name(columns_[i].source)) {
      const std::string& name = columns_[i].source;
      fail(ErrorCode::invalid_argument, name_, ": column ", i + 1,
           name.empty() ? " has no name" : concat(" is called '", name, "'"),
           ", as the index in a file from pandas, and would be taken for a text; choose the columns with --columns",
           choice_without(columns_, columns_[i]));
    }
    if (!table.is_typed() && !is_label(columns_[i].role)) watched_.push_back({i});
  }
}

void TextColumnCheck::add(const std::vector<Value>& row) {
  std::erase_if(watched_, [&](Watched& watched) {
    const Value& cell = row[watched.column];
    if (is_blank(cell)) return false;
    watched.seen_number = as_number(cell).has_value();
    return !watched.seen_number;
  });
}

void TextColumnCheck::finish() const {
  for (const Watched& watched : watched_) {
    if (!watched.seen_number) continue;
    const Column& column = columns_[watched.column];
    const bool labelled = std::ranges::any_of(columns_, [](const Column& known) { return is_label(known.role); });
    const std::string choice =
        columns_.size() == 1 ? concat(" ", column.source, " if it is one") : choice_without(columns_, column);
    fail(ErrorCode::invalid_argument, name_, ": column '", column.source,
         "' holds only numbers, and would be taken for a text; choose the columns with --columns", choice,
         labelled || columns_.size() == 1 ? "" : concat("; label=", column.source, " makes it the label"));
  }
}

}  // namespace sbert
