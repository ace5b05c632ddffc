#include <algorithm>
#include <cctype>
#include <optional>

#include <sbert/dataset.h>

#include "base/fail.h"
#include "base/files.h"
#include "data/formats.h"
#include "hub/cache.h"

namespace sbert {

namespace {

/// "train" for train.jsonl, train-00000-of-00002.parquet, snli_1.0_train.jsonl.gz; "train" too if no part of the name
/// says anything.
std::string split_of(const std::filesystem::path& file) {
  struct Word {
    const char* word;
    const char* split;
  };
  constexpr Word kWords[] = {{"train", "train"},      {"training", "train"}, {"validation", "validation"},
                             {"valid", "validation"}, {"val", "validation"}, {"dev", "validation"},
                             {"test", "test"},        {"testing", "test"},   {"eval", "test"}};
  std::string part;
  for (const char c : file.filename().string() + ".") {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      part.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
      continue;
    }
    for (const Word& word : kWords) {
      if (part == word.word) return word.split;
    }
    part.clear();
  }
  return "train";
}

/// Files of a data set, in the order of their names: pieces are numbered. Hidden files and directories do not count.
std::vector<std::filesystem::path> find_files(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> files;
  std::filesystem::recursive_directory_iterator entry(directory), end;
  for (; entry != end; ++entry) {
    if (entry->path().filename().string().front() == '.') {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file() && is_table_file(entry->path()) &&
               entry->path().filename() != "dataset_infos.json") {
      files.push_back(entry->path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

DatasetDict from_directory(const std::filesystem::path& directory) {
  std::map<std::string, std::vector<std::filesystem::path>> files;
  for (const std::filesystem::path& file : find_files(directory))
    files[split_of(file)].push_back(file);
  if (files.empty()) {
    fail(ErrorCode::not_found, directory.string(), ": has no .jsonl, .json, .csv, .tsv or .parquet file");
  }
  std::map<std::string, Dataset> splits;
  for (auto& [split, paths] : files)
    splits.emplace(split, Dataset(std::move(paths)));
  return DatasetDict(std::move(splits));
}

}  // namespace

DatasetDict load_dataset(const std::string& path) {
  if (std::filesystem::is_directory(path)) return from_directory(path);
  if (std::filesystem::exists(path)) return DatasetDict({{"train", Dataset({path})}});
  const hub::Settings settings = hub::Settings::from_environment();
  if (hub::is_repo_name(path)) {
    const hub::RepoCache cache(settings, {hub::RepoKind::dataset, path});
    if (const auto snapshot = cache.find_snapshot("main")) return from_directory(*snapshot);
  }
  fail(ErrorCode::not_found, "data set '", path, "': is no file or directory, and the Hugging Face cache (",
       settings.cache.string(), ") has no data set of this name");
}

}  // namespace sbert
