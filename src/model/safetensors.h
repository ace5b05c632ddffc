#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/files.h"
#include "model/stored_tensor.h"

namespace sbert {

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
  const std::shared_ptr<const MappedFile>& file() const { return file_; }

 private:
  std::shared_ptr<const MappedFile> file_;
  std::vector<StoredTensor> tensors_;
  std::map<std::string, std::string> metadata_;
};

struct TensorToWrite {
  std::string name;
  std::vector<int64_t> shape;
  const float* data = nullptr;
  const StoredTensor* stored = nullptr;  ///< instead of data: a tensor of a floating type
  StoredDType dtype = StoredDType::f32;  ///< on disk: f32, f16 or bf16
};

/// Writes a safetensors file that the reference implementation opens; atomically. `on_tensor` is called before each, if
/// it is not empty.
void write_safetensors(const std::filesystem::path& path, std::span<const TensorToWrite> tensors,
                       const std::map<std::string, std::string>& metadata, const std::function<void()>& on_tensor = {});

}  // namespace sbert
