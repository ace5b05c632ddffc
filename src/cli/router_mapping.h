#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sbert::cli {

/// Which task the texts of a column have: "question=query,answer=document".
struct RouterMapping {
  std::vector<std::pair<std::string, std::string>> tasks;  ///< column, task
};
void read_value(std::string_view text, RouterMapping& value);

/// The task of each column; empty where the mapping says nothing. THROWS: UsageError if it names another column.
std::vector<std::string> tasks_of_columns(const RouterMapping& mapping, const std::vector<std::string>& columns);

}  // namespace sbert::cli
