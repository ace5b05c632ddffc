#include "hub/front_matter.h"

#include <algorithm>

#include <yaml-cpp/yaml.h>

#include "base/fail.h"
#include "base/json.h"
#include "base/yaml.h"
#include "hub/repo.h"

namespace sbert::hub {
namespace {

constexpr std::string_view kFence = "---";

/// Behind the end of the line that begins at `at`.
size_t next_line(std::string_view text, size_t at) {
  const size_t end = text.find('\n', at);
  return end == std::string_view::npos ? text.size() : end + 1;
}

bool is_fence(std::string_view text, size_t at) {
  std::string_view line = text.substr(at, next_line(text, at) - at);
  line = line.substr(0, line.find_last_not_of(" \t\r\n") + 1);
  return line == kFence;
}

/// Nothing, or a comment.
bool says_nothing(std::string_view line) {
  const size_t begin = line.find_first_not_of(" \t\r\n");
  return begin == std::string_view::npos || line[begin] == '#';
}

/// Where the lines of `text` begin, and its end.
std::vector<size_t> line_starts(std::string_view text) {
  std::vector<size_t> starts;
  for (size_t at = 0; at < text.size(); at = next_line(text, at))
    starts.push_back(at);
  starts.push_back(text.size());
  return starts;
}

/// The lines of one entry in a mapping: from `begin` to before `end`.
struct Entry {
  size_t begin, end;
  size_t indentation;
  YAML::Node value;
};

std::optional<Entry> find_entry(const YAML::Node& mapping, const std::string& name, size_t lines) {
  std::optional<Entry> found;
  for (const auto& entry : mapping) {
    const auto line = static_cast<size_t>(entry.first.Mark().line);
    if (found && line > found->begin) {
      found->end = std::min(found->end, line);
    } else if (!found && entry.first.IsScalar() && entry.first.Scalar() == name) {
      found = {line, lines, static_cast<size_t>(entry.first.Mark().column), entry.second};
    }
  }
  return found;
}

std::vector<std::string> names_in(const YAML::Node& value, const std::string& where) {
  std::vector<std::string> names;
  if (value.IsScalar()) names.push_back(value.Scalar());
  if (value.IsSequence()) {
    for (const YAML::Node& item : value) {
      if (item.IsScalar()) names.push_back(item.Scalar());
    }
  }
  if (names.size() == (value.IsScalar() ? 1 : value.size())) return names;
  fail(ErrorCode::corrupt_data, where, ": line ", value.Mark().line + 2, ": 'datasets' should be a list of names");
}

std::string quoted(const std::string& name) {
  if (is_repo_name(name) && plain_scalar(name).is_string()) return name;
  return Json(name).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string entry_text(const std::vector<std::string>& names, size_t indentation, std::string_view line_end) {
  const std::string margin(indentation, ' ');
  std::string text = concat(margin, "datasets:", line_end);
  for (const std::string& name : names)
    text += concat(margin, "- ", quoted(name), line_end);
  return text;
}

YAML::Node parse(std::string_view matter, const std::string& where) {
  try {
    YAML::Node root = YAML::Load(std::string(matter));
    if (root.IsNull() || (root.IsMap() && root.Style() != YAML::EmitterStyle::Flow)) return root;
  } catch (const YAML::Exception& error) {
    fail(ErrorCode::corrupt_data, where, ": line ", error.mark.line + 2, ": not valid YAML: ", error.msg);
  }
  fail(ErrorCode::corrupt_data, where, ": the front matter should have one 'key: value' a line");
}

}  // namespace

std::optional<std::string_view> front_matter(std::string_view readme) {
  if (!is_fence(readme, 0)) return std::nullopt;
  const size_t begin = next_line(readme, 0);
  for (size_t at = begin; at < readme.size(); at = next_line(readme, at)) {
    if (is_fence(readme, at)) return readme.substr(begin, at - begin);
  }
  return std::nullopt;
}

std::vector<std::string> languages_of(const std::string& readme) {
  const auto matter = front_matter(readme);
  if (!matter || matter->empty()) return {};
  try {
    const OrderedJson card = parse_yaml(std::string(*matter), "");
    const auto entry = card.is_object() ? card.find("language") : card.end();
    if (entry == card.end()) return {};
    if (entry->is_string()) return {entry->get<std::string>()};
    std::vector<std::string> languages;
    for (const OrderedJson& language : *entry) {
      if (language.is_string()) languages.push_back(language.get<std::string>());
    }
    return languages;
  } catch (const Error&) {
    return {};
  }
}

std::string with_datasets(const std::string& readme, const std::vector<std::string>& datasets,
                          const std::string& where) {
  for (const std::string& name : datasets) {
    if (!is_repo_name(name)) fail(ErrorCode::invalid_argument, "'", name, "' is no name that a data set can have");
  }
  const auto matter = front_matter(readme);
  if (!matter && is_fence(readme, 0)) {
    fail(ErrorCode::corrupt_data, where, ": the front matter has no end: a line '---' is missing");
  }
  if (!matter) return concat("---\n", entry_text(datasets, 0, "\n"), "---\n", readme);

  const YAML::Node root = parse(*matter, where);
  const std::vector<size_t> lines = line_starts(*matter);
  // Without such an entry: an empty one before the first line.
  Entry entry{0, 0, 0, {}};
  if (const auto found = find_entry(root, "datasets", lines.size() - 1)) {
    entry = *found;
  } else if (root.IsMap() && root.size() > 0) {
    entry.indentation = static_cast<size_t>(root.begin()->first.Mark().column);
  }
  std::vector<std::string> names = names_in(entry.value, where);
  const size_t known = names.size();
  for (const std::string& name : datasets) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  if (names.size() == known) return readme;
  const auto line = [&](size_t i) { return matter->substr(lines[i], lines[i + 1] - lines[i]); };
  if (entry.end > entry.begin && line(entry.begin).find_first_not_of(' ') != entry.indentation) {
    fail(ErrorCode::corrupt_data, where, ": line ", entry.begin + 2, ": 'datasets:' should begin the line");
  }
  while (entry.end > entry.begin && says_nothing(line(entry.end - 1)))
    --entry.end;
  const size_t start = static_cast<size_t>(matter->data() - readme.data());
  const std::string_view line_end = readme[start - 2] == '\r' ? "\r\n" : "\n";
  return concat(readme.substr(0, start + lines[entry.begin]), entry_text(names, entry.indentation, line_end),
                readme.substr(start + lines[entry.end]));
}

}  // namespace sbert::hub
