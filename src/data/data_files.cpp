#include "data/data_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <utility>

#include "base/fail.h"
#include "base/files.h"
#include "base/yaml.h"
#include "data/formats.h"
#include "data/glob.h"
#include "hub/front_matter.h"

namespace sbert {

namespace {

constexpr uint64_t kMaxReadme = uint64_t{10} << 20;

using Patterns = std::vector<std::string>;
/// Splits and what their files are called.
using SplitPatterns = std::vector<std::pair<std::string, Patterns>>;

/// One entry of `configs:`.
struct Config {
  std::string name;
  bool is_default = false;
  std::string directory{};  ///< its files are below; "" or "x/"
  SplitPatterns splits{};   ///< empty: by the names of the files
};

std::string_view file_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

/// How many parts of a path begin with `start`; `directories` leaves the last one out.
size_t count_parts(std::string_view path, std::string_view start, bool directories) {
  size_t count = 0;
  while (true) {
    const size_t slash = path.find('/');
    if (slash == std::string_view::npos && directories) return count;
    const std::string_view part = path.substr(0, slash);
    count += part.starts_with(start) && part != "." && part != "..";
    if (slash == std::string_view::npos) return count;
    path.remove_prefix(slash + 1);
  }
}

/// Hidden files, those in __directories__, and what only describes the data have to be asked for by name.
bool is_asked_for(const std::string& path, const std::string& pattern) {
  constexpr std::array<std::string_view, 6> kDescriptions{"README.md",          "config.json",    "dataset_info.json",
                                                          "dataset_infos.json", "dummy_data.zip", "dataset_dict.json"};
  const std::string_view name = file_name(path);
  if (name != file_name(pattern) && std::find(kDescriptions.begin(), kDescriptions.end(), name) != kDescriptions.end())
    return false;
  return count_parts(path, ".", false) == count_parts(pattern, ".", false) &&
         count_parts(path, "__", true) == count_parts(pattern, "__", true);
}

/// In the order of the patterns, each in that of the names. REQUIRES: `paths` are sorted.
std::vector<std::string> match(const std::vector<std::string>& paths, const Patterns& patterns,
                               const std::string& directory) {
  std::vector<std::string> found;
  std::vector<bool> taken(paths.size());
  for (const std::string& pattern : patterns) {
    const std::string below = directory + (pattern.starts_with("./") ? pattern.substr(2) : pattern);
    const Glob glob(below);
    for (size_t i = 0; i < paths.size(); ++i) {
      if (taken[i] || !glob.matches(paths[i]) || !is_asked_for(paths[i], below)) continue;
      taken[i] = true;
      found.push_back(paths[i]);
    }
  }
  return found;
}

/// data/<split>-00000-of-00002.parquet
SplitPatterns sharded_patterns(const std::vector<std::string>& paths, const std::string& directory) {
  const std::string shard = "-[0-9][0-9][0-9][0-9][0-9]-of-[0-9][0-9][0-9][0-9][0-9]*.*";
  std::map<std::string, Patterns> splits;
  for (const std::string& path : match(paths, {"data/*" + shard}, directory)) {
    std::string_view name = file_name(path);
    name = name.substr(0, name.rfind("-of-"));
    const std::string split(name.substr(0, name.rfind('-')));
    splits[split] = {"data/" + split + shard};
  }
  return {splits.begin(), splits.end()};
}

/// What names of files or directories say about splits.
SplitPatterns keyword_patterns(const std::vector<std::string>& forms) {
  static const std::vector<std::pair<std::string, std::vector<std::string>>> kKeywords{
      {"train", {"train", "training"}},
      {"validation", {"validation", "valid", "dev", "val"}},
      {"test", {"test", "testing", "eval", "evaluation"}}};
  SplitPatterns splits;
  for (const auto& [split, keywords] : kKeywords) {
    Patterns patterns;
    for (const std::string& keyword : keywords) {
      for (const std::string& form : forms) {
        const size_t at = form.find('=');
        patterns.push_back(form.substr(0, at) + keyword + form.substr(at + 1));
      }
    }
    splits.push_back({split, std::move(patterns)});
  }
  return splits;
}

SplitFiles match_all(const std::vector<std::string>& paths, const SplitPatterns& splits, const std::string& directory) {
  SplitFiles files;
  for (const auto& [split, patterns] : splits) {
    if (auto found = match(paths, patterns, directory); !found.empty()) files[split] = std::move(found);
  }
  return files;
}

SplitFiles by_names(const std::vector<std::string>& paths, const std::string& directory) {
  const std::array<SplitPatterns, 4> ways{
      sharded_patterns(paths, directory),
      keyword_patterns({"**/=/**", "**/=[-._ 0-9]*/**", "**/*[-._ 0-9]=/**", "**/*[-._ 0-9]=[-._ 0-9]*/**"}),
      keyword_patterns({"**/=[-._ 0-9]*", "**/*[-._ 0-9]=[-._ 0-9]*"}), SplitPatterns{{"train", {"**"}}}};
  for (const SplitPatterns& way : ways) {
    if (SplitFiles files = match_all(paths, way, directory); !files.empty()) return files;
  }
  return {};
}

Patterns patterns_in(const Json& value, const std::string& where) {
  Patterns patterns;
  if (value.is_string()) patterns.push_back(value.get<std::string>());
  if (value.is_array()) {
    for (const Json& pattern : value) {
      if (pattern.is_string()) patterns.push_back(pattern.get<std::string>());
    }
  }
  if (patterns.empty() || (value.is_array() && patterns.size() != value.size())) {
    fail(ErrorCode::corrupt_data, where, ": data_files should be names of files");
  }
  return patterns;
}

/// A name, a list of names, or a list of {split, path}.
SplitPatterns data_files_in(const Json& value, const std::string& where) {
  const bool by_split = value.is_array() && !value.empty() && value.front().is_object();
  if (!by_split) return {{"train", patterns_in(value, where)}};
  SplitPatterns splits;
  for (const Json& entry : value) {
    const bool named = entry.is_object() && entry.contains("split") && entry.contains("path");
    if (!named) fail(ErrorCode::corrupt_data, where, ": each of data_files should have a split and a path");
    splits.push_back({json_required<std::string>(entry, "split", where), patterns_in(entry["path"], where)});
  }
  return splits;
}

std::vector<Config> configs_in(const std::string& readme, const std::string& where) {
  const auto matter = hub::front_matter(readme);
  if (!matter || matter->empty()) return {};
  // With the "---" before it, so that errors name the lines of the file.
  const auto end = static_cast<size_t>(matter->data() + matter->size() - readme.data());
  const Json card(parse_yaml(readme.substr(0, end), where));
  if (!card.is_object() || !card.contains("configs")) return {};
  if (!card["configs"].is_array()) fail(ErrorCode::corrupt_data, where, ": 'configs' should be a list");
  std::vector<Config> configs;
  for (const Json& entry : card["configs"]) {
    Config config{json_required<std::string>(entry, "config_name", where)};
    config.is_default = json_value<bool>(entry, "default", false, where) || config.name == "default";
    config.directory = json_value<std::string>(entry, "data_dir", "", where);
    if (config.directory == ".") config.directory.clear();
    if (!config.directory.empty() && !config.directory.ends_with('/')) config.directory += '/';
    if (entry.contains("data_files") && !entry["data_files"].is_null()) {
      config.splits = data_files_in(entry["data_files"], where);
    }
    configs.push_back(std::move(config));
  }
  return configs;
}

Config choose(std::vector<Config> configs, const std::string& wanted, const std::string& where) {
  if (configs.empty()) configs.push_back({"default", true});
  if (configs.size() == 1 && wanted.empty()) return configs.front();
  std::string names;
  for (const Config& config : configs) {
    if (wanted.empty() ? config.is_default : config.name == wanted) return config;
    names += (names.empty() ? "" : ", ") + config.name;
  }
  if (wanted.empty()) fail(ErrorCode::invalid_argument, where, ": has several configurations; choose one of ", names);
  fail(ErrorCode::not_found, where, ": has no configuration '", wanted, "'; it has: ", names);
}

/// JSON documents and lines of JSON go together.
TableFormat family(const std::string& path) {
  const TableFormat format = table_format_of(path);
  return format == TableFormat::json ? TableFormat::jsonl : format;
}

/// Plain text is data if its name says so, as no other name does.
bool is_data_file(std::filesystem::path path) {
  if (path.extension() == ".gz") path = path.stem();
  return is_table_file(path) || path.extension() == ".txt";
}

void keep_common_format(std::vector<std::string>& files) {
  std::erase_if(files, [](const std::string& path) { return !is_data_file(path); });
  // Of formats that are there as often, the first.
  constexpr std::array kFormats{TableFormat::parquet, TableFormat::jsonl, TableFormat::csv, TableFormat::tsv,
                                TableFormat::text};
  const auto count = [&](TableFormat format) {
    return std::count_if(files.begin(), files.end(), [&](const std::string& path) { return family(path) == format; });
  };
  const TableFormat best =
      *std::max_element(kFormats.begin(), kFormats.end(), [&](auto a, auto b) { return count(a) < count(b); });
  std::erase_if(files, [&](const std::string& path) { return family(path) != best; });
}

}  // namespace

SplitFiles find_data_files(const std::vector<std::string>& paths, const std::string& readme, const std::string& config,
                           const std::string& where) {
  const Config chosen = choose(configs_in(readme, concat(where, ": README.md")), config, where);
  std::vector<std::string> sorted = paths;
  std::sort(sorted.begin(), sorted.end());
  SplitFiles splits =
      chosen.splits.empty() ? by_names(sorted, chosen.directory) : match_all(sorted, chosen.splits, chosen.directory);
  for (auto& [split, files] : splits)
    keep_common_format(files);
  std::erase_if(splits, [](const auto& split) { return split.second.empty(); });
  if (splits.empty()) fail(ErrorCode::not_found, where, ": has no .jsonl, .json, .csv, .tsv, .parquet or .txt file");
  return splits;
}

std::vector<std::string> paths_below(const std::filesystem::path& directory) {
  constexpr auto kOptions = std::filesystem::directory_options::skip_permission_denied;
  std::vector<std::string> paths;
  std::error_code error;
  std::filesystem::recursive_directory_iterator entry(directory, kOptions, error);
  for (const std::filesystem::recursive_directory_iterator end; !error && entry != end; entry.increment(error)) {
    std::error_code ignored;  // a link that leads nowhere is no file
    if (entry->is_regular_file(ignored)) paths.push_back(entry->path().lexically_relative(directory).generic_string());
  }
  if (error) fail(ErrorCode::io, directory.string(), ": cannot read: ", error.message());
  return paths;
}

std::string readme_in(const std::filesystem::path& directory) {
  const std::filesystem::path path = directory / "README.md";
  return file_exists(path) ? read_file(path, kMaxReadme) : "";
}

}  // namespace sbert
