#include <memory>

#include <sbert/dataset.h>

#include "base/fail.h"
#include "data/data_files.h"
#include "data/hub_dataset.h"

namespace sbert {

namespace {

namespace fs = std::filesystem;

DatasetDict from_directory(const fs::path& directory, const std::string& config) {
  std::map<std::string, Dataset> splits;
  const std::string where = directory.string();
  for (const auto& [split, files] : find_data_files(paths_below(directory), readme_in(directory), config, where)) {
    std::vector<fs::path> places;
    for (const std::string& file : files)
      places.push_back(directory / file);
    splits.emplace(split, Dataset(std::move(places)));
  }
  return DatasetDict(std::move(splits));
}

DatasetDict from_hub(const std::string& name, const LoadDatasetOptions& options) {
  const auto dataset = std::make_shared<const HubDataset>(name, options);
  std::map<std::string, Dataset> splits;
  for (const auto& [split, files] : dataset->splits()) {
    const auto fetch = [dataset, paths = files, streaming = options.streaming](size_t file) {
      dataset->fetch(streaming ? std::vector{paths[file]} : paths);
    };
    splits.emplace(split, Dataset(dataset->places(files), fetch));
  }
  return DatasetDict(std::move(splits));
}

}  // namespace

DatasetDict load_dataset(const std::string& path, const LoadDatasetOptions& options) {
  if (fs::is_directory(path)) return from_directory(path, options.name);
  if (fs::exists(path)) return DatasetDict({{"train", Dataset({path})}});
  if (hub::is_repo_name(path)) return from_hub(path, options);
  fail(ErrorCode::not_found, "data set '", path, "': is no file or directory, and no name that the Hub could have");
}

}  // namespace sbert
