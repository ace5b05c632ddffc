#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <sbert/dataset.h>

#include "data/data_files.h"
#include "hub/listing.h"
#include "hub/settings.h"

namespace sbert {

/// A data set of the Hub at one commit. Which files it has is known, and they come into the cache when they are
/// fetched. Safe to use from many threads.
class HubDataset {
 public:
  /// Asks the Hub what is there now; without a network, what the cache knows of it. A data set that is a program comes
  /// as the Hub converted it to Parquet. THROWS: what pull() throws; invalid_argument, not_found for the configuration.
  HubDataset(const std::string& name, const LoadDatasetOptions& options);

  const SplitFiles& splits() const { return splits_; }
  /// Where files are, or will be when they are fetched.
  std::vector<std::filesystem::path> places(const std::vector<std::string>& files) const;
  /// Brings what is not there yet, several files at a time.
  void fetch(const std::vector<std::string>& files) const;

 private:
  void ask(const std::string& revision);
  void look_into_cache(const std::string& revision);
  void look_at(const std::string& revision);
  bool has(std::string_view path) const;
  SplitFiles exported_splits(const std::string& config);

  hub::Settings settings_;
  hub::RepoId repo_;
  LoadDatasetOptions options_;
  std::filesystem::path directory_;
  std::string commit_;
  std::vector<hub::RepoFile> files_;
  SplitFiles splits_;
};

/// The files of "hf:org/name", "hf:org/name/config:split" or "hf:org/name@revision", which are fetched. Without a
/// split, those of "train", or of the only one. THROWS: as HubDataset; invalid_argument for another form.
std::vector<std::filesystem::path> fetch_split(std::string_view address, const LoadDatasetOptions& options);

}  // namespace sbert
