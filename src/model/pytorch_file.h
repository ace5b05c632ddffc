#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "base/files.h"
#include "model/stored_tensor.h"

namespace sbert {

/// A file that torch.save wrote of a dictionary of tensors (pytorch_model.bin), mapped: a zip archive with the pickle
/// data.pkl and one entry a storage, or, of releases before 1.6, pickles with the storages behind them. No code in it
/// is ever run (see pickle.h). Tensors are views of storages: transposed ones, and several of one storage, stay that.
/// Every size, offset and stride is checked on opening, and no tensor has more elements than its storage. What is not a
/// tensor is left out. Immutable, safe to read from many threads.
class PytorchFile {
 public:
  /// THROWS: not_found, io; corrupt_data, unsupported, naming file and tensor or global.
  explicit PytorchFile(const std::filesystem::path& path);

  const std::vector<StoredTensor>& tensors() const { return tensors_; }
  const std::shared_ptr<const MappedFile>& file() const { return file_; }

 private:
  std::shared_ptr<const MappedFile> file_;
  std::vector<StoredTensor> tensors_;
};

}  // namespace sbert
