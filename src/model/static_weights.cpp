#include "model/static_weights.h"

#include <algorithm>
#include <vector>

#include "base/fail.h"
#include "model/tensor_files.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;

/// One value a token.
void check_vector(const StoredTensor& tensor, const fs::path& directory) {
  if (tensor.shape.size() != 1) {
    fail(ErrorCode::corrupt_data, directory.string(), ": tensor '", tensor.name, "' should have one axis, not ",
         tensor.shape.size());
  }
}

std::vector<int64_t> read_mapping(const StoredTensor& tensor, int64_t rows, const fs::path& directory) {
  check_vector(tensor, directory);
  if (tensor.dtype_name != "I64" && tensor.dtype_name != "I32") {
    fail(ErrorCode::unsupported, directory.string(), ": tensor 'mapping' has dtype ", tensor.dtype_name,
         "; it should be I64 or I32");
  }
  std::vector<int64_t> mapping = copy_as_integers(tensor);
  for (const int64_t row : mapping) {
    if (row < 0 || row >= rows) {
      fail(ErrorCode::corrupt_data, directory.string(), ": tensor 'mapping' names row ", row, " of ", rows);
    }
  }
  return mapping;
}

void check_float(const StoredTensor& tensor, const fs::path& directory) {
  if (tensor.dtype != StoredDType::other) return;
  fail(ErrorCode::unsupported, directory.string(), ": tensor '", tensor.name, "' has dtype ", tensor.dtype_name,
       "; it should be F32, F16, BF16 or F64");
}

std::vector<float> read_floats(const StoredTensor& tensor, const fs::path& directory) {
  check_vector(tensor, directory);
  check_float(tensor, directory);
  std::vector<float> values(static_cast<size_t>(tensor.shape.front()));
  copy_as_float(tensor, values.data());
  return values;
}

/// The table as model2vec means it: a row for each token.
Tensor fold(const Tensor& rows, const std::vector<int64_t>& mapping, const std::vector<float>& weights) {
  Tensor table = Tensor::empty(static_cast<int64_t>(mapping.size()), rows.cols());
  for (size_t id = 0; id < mapping.size(); ++id) {
    const float* from = rows.row<float>(mapping[id]);
    const float weight = weights.empty() ? 1 : weights[id];
    std::transform(from, from + rows.cols(), table.row<float>(static_cast<int64_t>(id)),
                   [weight](float x) { return x * weight; });
  }
  return table;
}

Tensor read_matrix(const StoredTensor& tensor, const std::shared_ptr<const TensorFiles>& files,
                   const fs::path& directory) {
  if (is_float_in_place(tensor)) {
    return Tensor::borrow(reinterpret_cast<const float*>(tensor.bytes.data()), tensor.shape[0], tensor.shape[1], files);
  }
  Tensor values = Tensor::empty(tensor.shape[0], tensor.shape[1]);
  if (tensor.dtype_name == "I8") {  // model2vec: any scale will do, where only directions count
    std::ranges::copy(copy_as_integers(tensor), values.data<float>());
    return values;
  }
  check_float(tensor, directory);
  copy_as_float(tensor, values.data<float>());
  return values;
}

}  // namespace

std::shared_ptr<nn::StaticEmbedding> open_static_embedding(const fs::path& directory) {
  const auto files = TensorFiles::open(directory);
  const StoredTensor* stored = files->find("embedding.weight");
  const bool model2vec = stored == nullptr;
  if (model2vec) stored = files->find("embeddings");
  if (stored == nullptr) {
    fail(ErrorCode::not_found, directory.string(), ": the weights have no tensor 'embedding.weight' or 'embeddings'");
  }
  if (stored->shape.size() != 2) {
    fail(ErrorCode::corrupt_data, directory.string(), ": tensor '", stored->name, "' should have two axes, not ",
         stored->shape.size());
  }
  Tensor table = read_matrix(*stored, files, directory);
  const StoredTensor* mapping = model2vec ? files->find("mapping") : nullptr;
  const StoredTensor* weights = model2vec ? files->find("weights") : nullptr;
  if (mapping != nullptr || weights != nullptr) {
    std::vector<int64_t> rows;
    if (mapping != nullptr) {
      rows = read_mapping(*mapping, table.rows(), directory);
    } else {
      for (int64_t row = 0; row < table.rows(); ++row)
        rows.push_back(row);
    }
    std::vector<float> factors;
    if (weights != nullptr) {
      factors = read_floats(*weights, directory);
      if (factors.size() != rows.size()) {
        fail(ErrorCode::corrupt_data, directory.string(), ": tensor 'weights' has ", factors.size(), " values for ",
             rows.size(), " tokens");
      }
    }
    table = fold(table, rows, factors);
  }
  auto module = std::make_shared<nn::StaticEmbedding>(directory / "tokenizer.json", table.rows(), table.cols());
  module->table()->value = std::move(table);
  return module;
}

}  // namespace sbert
