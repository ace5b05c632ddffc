#include "model/weights.h"

#include <algorithm>
#include <cstring>
#include <set>
#include <utility>
#include <vector>

#include "base/fail.h"

namespace sbert {
namespace {

int64_t element_count(const std::vector<int64_t>& shape) {
  int64_t count = 1;
  for (const int64_t extent : shape)
    count *= extent;
  return count;
}

std::string to_text(const std::vector<int64_t>& shape) {
  std::string text = "[";
  for (size_t i = 0; i < shape.size(); ++i)
    text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
  return text + "]";
}

const StoredTensor& require_part(const TensorFiles& files, const Parameter::Part& part, const std::string& prefix,
                                 const std::filesystem::path& directory) {
  const StoredTensor* tensor = files.find(part.name);
  if (tensor == nullptr) tensor = files.find(prefix + part.name);
  if (tensor == nullptr) {
    fail(ErrorCode::not_found, directory.string(), ": the weights have no tensor '", part.name, "'");
  }
  if (tensor->shape != part.shape) {
    fail(ErrorCode::corrupt_data, directory.string(), ": tensor '", tensor->name, "' has shape ",
         to_text(tensor->shape), ", expected ", to_text(part.shape));
  }
  if (tensor->dtype == StoredDType::other) {
    fail(ErrorCode::unsupported, directory.string(), ": tensor '", tensor->name, "' has dtype ", tensor->dtype_name,
         "; weights must be F32, F16, BF16 or F64");
  }
  return *tensor;
}

bool can_borrow(const StoredTensor& tensor) {
  return tensor.dtype == StoredDType::f32 && reinterpret_cast<uintptr_t>(tensor.bytes.data()) % alignof(float) == 0;
}

}  // namespace

void load_weights(LoadedModule& loaded, const std::filesystem::path& directory, const std::string& prefix) {
  auto parameters = loaded.module->parameters();
  if (parameters.empty()) return;
  loaded.files = TensorFiles::open(directory);
  // Some modules read their own files, whose tensors are not simply their parameters.
  std::erase_if(parameters, [](const auto& parameter) { return parameter->value.defined(); });
  if (parameters.empty()) return;
  std::set<std::string_view> used;
  for (const auto& parameter : parameters) {
    std::vector<const StoredTensor*> tensors;
    for (const auto& part : parameter->parts) {
      tensors.push_back(&require_part(*loaded.files, part, prefix, directory));
      used.insert(tensors.back()->name);
    }
    const int64_t rows = parameter_rows(*parameter);
    const int64_t cols = parameter_cols(*parameter);
    if (tensors.size() == 1 && can_borrow(*tensors.front())) {
      const auto* data = reinterpret_cast<const float*>(tensors.front()->bytes.data());
      parameter->value = Tensor::borrow(data, rows, cols, loaded.files);
      continue;
    }
    parameter->value = Tensor::empty(rows, cols);
    auto* to = parameter->value.data<float>();
    for (const StoredTensor* tensor : tensors) {
      copy_as_float(*tensor, to);
      loaded.files->release(tensor->bytes);
      to += element_count(tensor->shape);
    }
  }
  for (const StoredTensor& tensor : loaded.files->tensors()) {
    if (!used.contains(tensor.name)) loaded.unused.push_back(tensor);
  }
}

std::array<int64_t, 2> stored_matrix_shape(const std::filesystem::path& directory, const std::string& name) {
  const auto files = TensorFiles::open(directory);
  const StoredTensor* tensor = files->find(name);
  if (tensor == nullptr) fail(ErrorCode::not_found, directory.string(), ": the weights have no tensor '", name, "'");
  if (tensor->shape.size() != 2) {
    fail(ErrorCode::corrupt_data, directory.string(), ": tensor '", name, "' should have two axes, not ",
         tensor->shape.size());
  }
  return {tensor->shape[0], tensor->shape[1]};
}

void save_weights(const LoadedModule& loaded, const std::filesystem::path& path) {
  std::vector<TensorToWrite> tensors;
  for (const auto& parameter : loaded.module->parameters()) {
    const float* data = parameter->value.data<float>();
    for (const auto& part : parameter->parts) {
      tensors.push_back({.name = part.name, .shape = part.shape, .data = data});
      data += element_count(part.shape);
    }
  }
  if (tensors.empty()) return;
  std::vector<std::vector<float>> unused_values;
  for (const StoredTensor& tensor : loaded.unused) {
    const bool floating = tensor.dtype == StoredDType::f32 || tensor.dtype == StoredDType::f16 ||
                          tensor.dtype == StoredDType::bf16 || tensor.dtype == StoredDType::f64;
    if (!floating) continue;  // buffers such as position_ids, which nobody reads any more
    unused_values.emplace_back(static_cast<size_t>(element_count(tensor.shape)));
    copy_as_float(tensor, unused_values.back().data());
    tensors.push_back({.name = tensor.name, .shape = tensor.shape, .data = unused_values.back().data()});
  }
  write_safetensors(path, tensors, {{"format", "pt"}});
}

}  // namespace sbert
