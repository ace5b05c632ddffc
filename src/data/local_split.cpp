#include "data/local_split.h"

#include <system_error>

#include <sbert/dataset.h>

#include "base/fail.h"
#include "data/data_address.h"

namespace sbert {

std::vector<std::filesystem::path> find_local_split(const std::string& data) {
  const std::string directory(data_place(data));
  std::error_code none;
  if (!std::filesystem::is_directory(directory, none)) return {};
  const std::string split = directory.size() < data.size() ? data.substr(directory.size() + 1) : "";
  const DatasetDict dataset = load_dataset(directory);
  if (split.empty() && dataset.splits().size() == 1) return dataset.splits().begin()->second.files();
  try {
    return dataset[split.empty() ? "train" : split].files();
  } catch (const Error& error) {
    fail(error.code(), directory, ": ", error.what(), "; choose one as ", directory, ":<split>");
  }
}

}  // namespace sbert
