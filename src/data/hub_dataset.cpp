#include "data/hub_dataset.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/fail.h"
#include "base/files.h"
#include "data/data_address.h"
#include "hub/cache.h"
#include "hub/client.h"
#include "hub/snapshot.h"

namespace sbert {

namespace {

namespace fs = std::filesystem;

constexpr const char* kParquetBranch = "refs/convert/parquet";

/// <config>/<split>/0000.parquet; of a large data set, the beginning is in <config>/partial-<split>.
std::map<std::string, SplitFiles> exported_files(const std::vector<hub::RepoFile>& files) {
  constexpr std::string_view kPartial = "partial-";
  std::map<std::string, SplitFiles> configs;
  for (const hub::RepoFile& file : files) {
    const size_t first = file.path.find('/');
    const size_t second = first == std::string::npos ? first : file.path.find('/', first + 1);
    if (second == std::string::npos || !file.path.ends_with(".parquet")) continue;
    std::string split = file.path.substr(first + 1, second - first - 1);
    if (split.starts_with(kPartial)) split.erase(0, kPartial.size());
    configs[file.path.substr(0, first)][split].push_back(file.path);
  }
  for (auto& [config, splits] : configs) {
    for (auto& [split, paths] : splits)
      std::sort(paths.begin(), paths.end());
  }
  return configs;
}

template <class Map>
std::string names_of(const Map& map) {
  std::string names;
  for (const auto& [name, value] : map)
    names += (names.empty() ? "" : ", ") + name;
  return names;
}

struct Address {
  std::string name, config{}, revision{}, split{};
};

Address parse_address(std::string_view text) {
  Address address;
  std::string_view rest = data_place(text);
  if (rest.size() < text.size()) address.split = text.substr(rest.size() + 1);
  rest.remove_prefix(kHubPrefix.size());
  if (const size_t at = rest.find('@'); at != std::string_view::npos) {
    address.revision = rest.substr(at + 1);
    rest = rest.substr(0, at);
  }
  const size_t slash = rest.find('/');
  const size_t second = slash == std::string_view::npos ? slash : rest.find('/', slash + 1);
  address.name = rest.substr(0, second);
  if (second != std::string_view::npos) address.config = rest.substr(second + 1);
  if (!hub::is_repo_name(address.name)) {
    fail(ErrorCode::invalid_argument, "'", text,
         "' should be hf:org/name, hf:org/name:split or hf:org/name/config:split");
  }
  return address;
}

}  // namespace

HubDataset::HubDataset(const std::string& name, const LoadDatasetOptions& options)
    : settings_(hub::Settings::from_environment()), repo_{hub::RepoKind::dataset, name}, options_(options) {
  look_at(options.revision.empty() ? "main" : options.revision);
  if (has(name.substr(name.find('/') + 1) + ".py")) {  // a program
    splits_ = exported_splits(options.name);
    return;
  }
  std::vector<std::string> paths;
  for (const hub::RepoFile& file : files_)
    paths.push_back(file.path);
  splits_ = find_data_files(paths, readme_in(directory_), options.name, repo_.describe());
}

void HubDataset::look_at(const std::string& revision) {
  if (settings_.offline) return look_into_cache(revision);
  try {
    ask(revision);
  } catch (const hub::NetworkError& error) {
    try {
      look_into_cache(revision);
    } catch (const Error&) {
      throw error;
    }
    if (options_.notice) options_.notice(concat(error.what(), "; the cache has ", repo_.describe()));
  }
}

void HubDataset::ask(const std::string& revision) {
  hub::Client client(settings_, options_.notice);
  hub::Snapshot snapshot(client, repo_, revision);
  commit_ = snapshot.commit();
  files_ = snapshot.files();
  directory_ = snapshot.directory();
  if (const hub::RepoFile* card = snapshot.find("README.md")) snapshot.fetch({*card});
  snapshot.remember();
}

void HubDataset::look_into_cache(const std::string& revision) {
  const hub::RepoCache cache(settings_, repo_);
  const auto commit = cache.commit_of(revision);
  if (!commit) {
    fail(ErrorCode::not_found, repo_.describe(), ": the Hugging Face cache (", settings_.cache.string(),
         ") does not have it", settings_.offline ? ", and HF_HUB_OFFLINE is set" : "");
  }
  commit_ = *commit;
  directory_ = cache.snapshot(commit_);
  files_.clear();
  if (const auto known = hub::find_listing(cache, commit_)) {
    files_ = *known;
  } else {  // somebody else's: what lies there is what there is
    for (const std::string& path : paths_below(directory_))
      files_.push_back({path, 0, "", {}});
  }
}

bool HubDataset::has(std::string_view path) const {
  return std::any_of(files_.begin(), files_.end(), [&](const hub::RepoFile& file) { return file.path == path; });
}

SplitFiles HubDataset::exported_splits(const std::string& config) {
  try {
    look_at(kParquetBranch);
  } catch (const hub::RefusedError& error) {
    if (error.reason() != hub::Refusal::no_revision) throw;
    fail(ErrorCode::unsupported, repo_.describe(), ": is a Python program, which is not run, and the Hub has not ",
         "converted it to Parquet (yet): there is no branch ", kParquetBranch);
  }
  const std::map<std::string, SplitFiles> configs = exported_files(files_);
  if (configs.empty()) fail(ErrorCode::not_found, repo_.describe(), ": has no files in the branch ", kParquetBranch);
  auto chosen = configs.find(config.empty() ? "default" : config);
  if (config.empty() && configs.size() == 1) chosen = configs.begin();
  if (chosen == configs.end()) {
    fail(config.empty() ? ErrorCode::invalid_argument : ErrorCode::not_found, repo_.describe(), ": ",
         config.empty() ? "choose a configuration" : "has no configuration '" + config + "'",
         "; it has: ", names_of(configs));
  }
  return chosen->second;
}

std::vector<fs::path> HubDataset::places(const std::vector<std::string>& files) const {
  std::vector<fs::path> places;
  for (const std::string& file : files)
    places.push_back(directory_ / file);
  return places;
}

void HubDataset::fetch(const std::vector<std::string>& files) const {
  const std::set<std::string> wanted(files.begin(), files.end());
  std::vector<hub::RepoFile> missing;
  for (const hub::RepoFile& file : files_) {
    if (wanted.contains(file.path) && !file_exists(directory_ / file.path)) missing.push_back(file);
  }
  if (missing.empty()) return;
  hub::Client client(settings_, options_.notice);
  hub::Snapshot(client, repo_, commit_).fetch(missing, options_.progress);
}

std::vector<fs::path> fetch_split(std::string_view text, const LoadDatasetOptions& options) {
  const Address address = parse_address(text);
  LoadDatasetOptions named = options;
  named.name = address.config;
  named.revision = address.revision;
  const HubDataset dataset(address.name, named);
  const SplitFiles& splits = dataset.splits();
  auto split = splits.find(address.split.empty() ? "train" : address.split);
  if (address.split.empty() && splits.size() == 1) split = splits.begin();
  if (split == splits.end()) {
    fail(address.split.empty() ? ErrorCode::invalid_argument : ErrorCode::not_found, text, ": ",
         address.split.empty() ? "choose a split" : "there is no such split", "; it has: ", names_of(splits));
  }
  dataset.fetch(split->second);
  return dataset.places(split->second);
}

}  // namespace sbert
