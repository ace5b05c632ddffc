#include "model/tensor_files.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/fail.h"
#include "base/json.h"
#include "model/pytorch_file.h"
#include "model/safetensors.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;

constexpr std::array kWeights{"model.safetensors", "pytorch_model.bin"};

fs::path index_path(const fs::path& directory, const char* name) {
  return directory / concat(name, ".index.json");
}

fs::path shard_path(const fs::path& index, const std::string& name) {
  if (name.empty() || name == ".." || name.find('/') != std::string::npos || name.find('\0') != std::string::npos) {
    fail(ErrorCode::corrupt_data, index.string(), ": shard name '", name, "' leads out of the directory");
  }
  return index.parent_path() / name;
}

}  // namespace

bool TensorFiles::exist(const fs::path& directory) {
  return std::any_of(kWeights.begin(), kWeights.end(), [&](const char* name) {
    return is_there(directory / name) || is_there(index_path(directory, name));
  });
}

std::shared_ptr<const TensorFiles> TensorFiles::open(const fs::path& directory) {
  auto files = std::make_shared<TensorFiles>();
  for (const char* name : kWeights) {
    if (is_there(directory / name)) return files->add(directory / name), files;
    const fs::path index = index_path(directory, name);
    if (is_there(index)) return files->add_shards(index), files;
  }
  fail(ErrorCode::not_found, (directory / kWeights[0]).string(), ": No such file, and there is no ", kWeights[1]);
}

void TensorFiles::add_shards(const fs::path& index) {
  const Json json = read_json_file(index);
  std::set<std::string> shards;
  for (const auto& [tensor, shard] :
       json_required<std::map<std::string, std::string>>(json, "weight_map", index.string()))
    shards.insert(shard);
  for (const auto& shard : shards)
    add(shard_path(index, shard));
}

void TensorFiles::add(const fs::path& path) {
  const auto take = [&](const auto& opened) {
    files_.push_back(opened.file());
    for (const auto& tensor : opened.tensors()) {
      if (!by_name_.emplace(tensor.name, tensors_.size()).second) {
        fail(ErrorCode::corrupt_data, path.string(), ": tensor '", tensor.name, "' is there twice");
      }
      tensors_.push_back(tensor);
    }
  };
  if (path.extension() == ".safetensors") {
    take(SafetensorsFile(path));
  } else {
    take(PytorchFile(path));
  }
}

const StoredTensor* TensorFiles::find(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &tensors_[found->second];
}

bool TensorFiles::hold(std::span<const std::byte> bytes) const {
  return std::ranges::any_of(files_, [&](const auto& file) { return file->holds(bytes); });
}

void TensorFiles::release(std::span<const std::byte> bytes) const {
  for (const auto& file : files_)
    file->release(bytes);
}

}  // namespace sbert
