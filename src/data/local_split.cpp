#include "data/local_split.h"

#include <algorithm>
#include <system_error>

#include <sbert/dataset.h>

#include "base/fail.h"

namespace sbert {

namespace {

bool is_directory(const std::string& path) {
  std::error_code none;
  return std::filesystem::is_directory(path, none);
}

}  // namespace

std::vector<std::filesystem::path> find_local_split(const std::string& data) {
  std::string directory = data, split;
  if (!is_directory(directory)) {
    const size_t colon = std::min(data.rfind(':'), data.size());
    directory = data.substr(0, colon);
    if (colon == data.size() || !is_directory(directory)) return {};
    split = data.substr(colon + 1);
  }
  const DatasetDict dataset = load_dataset(directory);
  if (split.empty() && dataset.splits().size() == 1) return dataset.splits().begin()->second.files();
  try {
    return dataset[split.empty() ? "train" : split].files();
  } catch (const Error& error) {
    fail(error.code(), directory, ": ", error.what(), "; choose one as ", directory, ":<split>");
  }
}

}  // namespace sbert
