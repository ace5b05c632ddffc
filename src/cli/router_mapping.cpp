#include "cli/router_mapping.h"

#include <algorithm>

#include "cli/suggest.h"
#include "cli/usage_error.h"
#include "cli/values.h"

namespace sbert::cli {

void read_value(std::string_view text, RouterMapping& value) {
  for (const std::string_view pair : split(text, ',')) {
    const size_t equals = pair.find('=');
    if (equals == 0 || equals == std::string_view::npos || equals + 1 == pair.size()) {
      fail_usage("should be like question=query,answer=document, not '", text, "'");
    }
    value.tasks.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
  }
}

std::vector<std::string> tasks_of_columns(const RouterMapping& mapping, const std::vector<std::string>& columns) {
  std::vector<std::string> tasks(columns.size());
  for (const auto& [column, task] : mapping.tasks) {
    const auto found = std::ranges::find(columns, column);
    if (found == columns.end()) {
      fail_usage("router mapping: the data has no text column '", column, "'", suggest(column, columns));
    }
    tasks[static_cast<size_t>(found - columns.begin())] = task;
  }
  return tasks;
}

}  // namespace sbert::cli
