#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "model/stored_tensor.h"

namespace sbert {

/// The weights of a directory, mapped: the first there is, in Python's order, of model.safetensors, the shards of
/// model.safetensors.index.json, pytorch_model.bin, the shards of pytorch_model.bin.index.json.
/// Immutable, safe to read from many threads.
class TensorFiles {
 public:
  /// Whether there are any.
  static bool exist(const std::filesystem::path& directory);
  /// THROWS: not_found if there are none; corrupt_data, unsupported.
  static std::shared_ptr<const TensorFiles> open(const std::filesystem::path& directory);

  /// Null if no file has it.
  const StoredTensor* find(std::string_view name) const;
  const std::vector<StoredTensor>& tensors() const { return tensors_; }
  /// Whether these bytes are in one of the files.
  bool hold(std::span<const std::byte> bytes) const;
  /// These bytes will hardly be read again: they need not stay in memory. Others than the files' are left alone.
  void release(std::span<const std::byte> bytes) const;

 private:
  void add(const std::filesystem::path& path);
  void add_shards(const std::filesystem::path& index);

  std::vector<std::shared_ptr<const MappedFile>> files_;
  std::vector<StoredTensor> tensors_;
  std::map<std::string, size_t, std::less<>> by_name_;
};

}  // namespace sbert
