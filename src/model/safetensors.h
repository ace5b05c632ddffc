#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"

namespace sbert {

/// Element types of a safetensors file. Only the floating ones can be read as parameters.
enum class StoredDType { f64, f32, f16, bf16, other };

/// One tensor of a file. `bytes` points into the mapped file and lives as long as it does.
struct StoredTensor {
  std::string name;
  StoredDType dtype = StoredDType::other;
  std::string dtype_name;  ///< as the file says: "F32", "I64", ...
  std::vector<int64_t> shape;
  std::span<const std::byte> bytes;
};

/// A safetensors file, mapped: 8 bytes little-endian header length n, n bytes of JSON {"name": {"dtype", "shape",
/// "data_offsets": [begin, end]}, "__metadata__": {...}}, then the data. The header is checked completely on opening:
/// no tensor reaches outside the file, overlaps another, leaves a hole, or has another size than its shape says.
/// Immutable, safe to read from many threads.
class SafetensorsFile {
 public:
  /// THROWS: not_found, io, corrupt_data naming file and tensor.
  explicit SafetensorsFile(const std::filesystem::path& path);

  const std::vector<StoredTensor>& tensors() const { return tensors_; }
  const std::map<std::string, std::string>& metadata() const { return metadata_; }
  /// See MappedFile::release.
  void release(std::span<const std::byte> bytes) const { file_->release(bytes); }

 private:
  std::shared_ptr<const MappedFile> file_;
  std::vector<StoredTensor> tensors_;
  std::map<std::string, std::string> metadata_;
};

/// The weights of a directory: model.safetensors, or the shards that model.safetensors.index.json lists.
class TensorFiles {
 public:
  /// THROWS: not_found if there is neither; corrupt_data.
  static std::shared_ptr<const TensorFiles> open(const std::filesystem::path& directory);

  /// Null if no file has it.
  const StoredTensor* find(std::string_view name) const;
  const std::vector<StoredTensor>& tensors() const { return tensors_; }
  /// These bytes will hardly be read again: they need not stay in memory. Others than the files' are left alone.
  void release(std::span<const std::byte> bytes) const;

 private:
  void add(const std::filesystem::path& path);

  std::vector<SafetensorsFile> files_;
  std::vector<StoredTensor> tensors_;
  std::map<std::string, size_t, std::less<>> by_name_;
};

/// Converts to float. THROWS: unsupported if the tensor is not of a floating type.
void copy_as_float(const StoredTensor& tensor, float* out);

struct TensorToWrite {
  std::string name;
  std::vector<int64_t> shape;
  const float* data = nullptr;
  StoredDType dtype = StoredDType::f32;  ///< on disk: f32, f16 or bf16
};

/// Writes a safetensors file that the reference implementation opens; atomically.
void write_safetensors(const std::filesystem::path& path, std::span<const TensorToWrite> tensors,
                       const std::map<std::string, std::string>& metadata);

}  // namespace sbert
