#include "cli/column_values.h"

#include <algorithm>

#include "cli/suggest.h"
#include "cli/usage_error.h"
#include "cli/values.h"

namespace sbert::cli {

namespace {

std::vector<std::string> by_place(const ColumnValues& values, const std::vector<std::string>& columns,
                                  const char* what) {
  std::vector<std::string> placed(columns.size());
  for (const auto& [column, value] : values) {
    const auto found = std::ranges::find(columns, column);
    if (found == columns.end()) {
      fail_usage(what, ": the data has no text column '", column, "'", suggest(column, columns));
    }
    placed[static_cast<size_t>(found - columns.begin())] = value;
  }
  return placed;
}

}  // namespace

void read_value(std::string_view text, RouterMapping& value) {
  for (const std::string_view pair : split(text, ',')) {
    const size_t equals = pair.find('=');
    if (equals == 0 || equals == std::string_view::npos || equals + 1 == pair.size()) {
      fail_usage("should be like question=query,answer=document, not '", text, "'");
    }
    value.tasks.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
  }
}

void read_value(std::string_view text, Prompts& value) {
  Names names;
  read_value(text, names);
  value = {.list = std::move(names.list)};
}

std::vector<std::string> tasks_of_columns(const RouterMapping& mapping, const std::vector<std::string>& columns) {
  return by_place(mapping.tasks, columns, "router mapping");
}

std::vector<std::string> prompts_of_columns(const Prompts& prompts, const std::vector<std::string>& columns) {
  return prompts.by_column.empty() ? prompts.list : by_place(prompts.by_column, columns, "prompts");
}

}  // namespace sbert::cli
