#include "hub/front_matter.h"

#include <algorithm>
#include <string_view>

#include "base/fail.h"

namespace sbert::hub {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.emplace_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

/// "- name" with any indentation, perhaps quoted; empty if the line is no item.
std::string item_of(const std::string& line) {
  const size_t dash = line.find_first_not_of(' ');
  if (dash == std::string::npos || line.substr(dash, 2) != "- ") return "";
  std::string item = line.substr(dash + 2);
  std::erase_if(item, [](char c) { return c == '\'' || c == '"' || c == ' '; });
  return item;
}

/// Where the items of `datasets:` go, and which are there.
struct DatasetsKey {
  size_t line;
  std::vector<std::string> items{};
};

DatasetsKey find_key(const std::vector<std::string>& lines, size_t end, const std::string& where) {
  for (size_t i = 1; i < end; ++i) {
    if (!lines[i].starts_with("datasets:")) continue;
    if (lines[i].find_first_not_of(' ', 9) != std::string::npos) {
      fail(ErrorCode::corrupt_data, where, ": line ", i + 1, ": 'datasets' should be a list with one '- name' a line");
    }
    DatasetsKey key{i + 1};
    for (size_t j = i + 1; j < end && !item_of(lines[j]).empty(); ++j)
      key.items.push_back(item_of(lines[j]));
    return key;
  }
  return {0};
}

}  // namespace

std::string with_datasets(const std::string& readme, const std::vector<std::string>& datasets,
                          const std::string& where) {
  std::vector<std::string> lines = lines_of(readme);
  if (lines.empty() || lines[0] != "---") lines.insert(lines.begin(), {"---", "---"});
  const auto closing = std::find(lines.begin() + 1, lines.end(), "---");
  if (closing == lines.end()) {
    fail(ErrorCode::corrupt_data, where, ": the front matter has no end: a line '---' is missing");
  }
  DatasetsKey key = find_key(lines, static_cast<size_t>(closing - lines.begin()), where);
  std::vector<std::string> added;
  if (key.line == 0) {
    key.line = 1;
    added.push_back("datasets:");
  }
  for (const std::string& dataset : datasets) {
    if (std::find(key.items.begin(), key.items.end(), dataset) == key.items.end()) added.push_back("- " + dataset);
  }
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(key.line), added.begin(), added.end());
  std::string text;
  for (const std::string& line : lines)
    text += line + "\n";
  return text;
}

}  // namespace sbert::hub
