#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sbert::cli {

/// Values of columns, by their names.
using ColumnValues = std::vector<std::pair<std::string, std::string>>;

/// Which task the texts of a column have: "question=query,answer=document".
struct RouterMapping {
  ColumnValues tasks;
};
void read_value(std::string_view text, RouterMapping& value);

/// What goes before the texts of each column, or of all: "query: ,passage: ", in a config file also by columns.
struct Prompts {
  std::vector<std::string> list{};
  ColumnValues by_column{};
};
void read_value(std::string_view text, Prompts& value);

/// The task of each column; empty where the mapping says nothing. THROWS: UsageError if it names another column.
std::vector<std::string> tasks_of_columns(const RouterMapping& mapping, const std::vector<std::string>& columns);
/// One for each column, or one for all. THROWS: UsageError if they name another column.
std::vector<std::string> prompts_of_columns(const Prompts& prompts, const std::vector<std::string>& columns);

}  // namespace sbert::cli
