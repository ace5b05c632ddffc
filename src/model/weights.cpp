#include "model/weights.h"

#include <array>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "base/fail.h"
#include "model/safetensors.h"

namespace sbert {
namespace {

std::string to_text(const std::vector<int64_t>& shape) {
  std::string text = "[";
  for (size_t i = 0; i < shape.size(); ++i)
    text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
  return text + "]";
}

/// A checkpoint's names of a module's tensors: behind what the model was a part of ("bert.", "model."), and with the
/// names that LayerNorm's had in TensorFlow.
class CheckpointNames {
 public:
  /// `expected` is tried first after no prefix at all; then any, if there is one only. `name` is one of the module's.
  CheckpointNames(const TensorFiles& files, const std::string& expected, const std::string& name) : files_(files) {
    for (const std::string& prefix : {std::string(), expected}) {
      prefix_ = prefix;
      if (find(name) != nullptr) return;
    }
    prefix_.clear();
    std::set<std::string> prefixes;
    for (const StoredTensor& tensor : files.tensors()) {
      if (tensor.name.ends_with("." + name)) prefixes.insert(tensor.name.substr(0, tensor.name.size() - name.size()));
    }
    if (prefixes.size() == 1) prefix_ = *prefixes.begin();
  }

  /// Null if there is none.
  const StoredTensor* find(const std::string& name) const {
    const StoredTensor* tensor = files_.find(prefix_ + name);
    return tensor != nullptr ? tensor : files_.find(prefix_ + old_name(name));
  }
  /// What the module would call a tensor that it does not use.
  std::string own_name(const std::string& name) const {
    return name.starts_with(prefix_) ? name.substr(prefix_.size()) : name;
  }

 private:
  static std::string old_name(std::string name) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kOld{
        {{"LayerNorm.weight", "LayerNorm.gamma"}, {"LayerNorm.bias", "LayerNorm.beta"}}};
    for (const auto& [now, then] : kOld) {
      if (name.ends_with(now)) name.replace(name.size() - now.size(), now.size(), then);
    }
    return name;
  }

  const TensorFiles& files_;
  std::string prefix_;
};

const StoredTensor& require_part(const CheckpointNames& names, const Parameter::Part& part,
                                 const std::filesystem::path& directory) {
  const StoredTensor* tensor = names.find(part.name);
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

}  // namespace

void load_weights(LoadedModule& loaded, const std::filesystem::path& directory, const std::string& prefix) {
  auto parameters = loaded.module->parameters();
  if (parameters.empty()) return;
  // Some modules know their values already, from files whose tensors are not simply their parameters.
  std::erase_if(parameters, [](const auto& parameter) { return parameter->value.defined(); });
  if (parameters.empty() && !TensorFiles::exist(directory)) return;
  loaded.files = TensorFiles::open(directory);
  if (parameters.empty()) return;
  const CheckpointNames names(*loaded.files, prefix, parameters.front()->parts.front().name);
  std::set<std::string_view> used;
  for (const auto& parameter : parameters) {
    std::vector<const StoredTensor*> tensors;
    for (const auto& part : parameter->parts) {
      tensors.push_back(&require_part(names, part, directory));
      used.insert(tensors.back()->name);
    }
    const int64_t rows = parameter_rows(*parameter);
    const int64_t cols = parameter_cols(*parameter);
    if (tensors.size() == 1 && is_float_in_place(*tensors.front())) {
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
  std::set<std::string> taken;
  for (const auto& parameter : loaded.module->parameters()) {
    for (const auto& part : parameter->parts)
      taken.insert(part.name);
  }
  for (StoredTensor tensor : loaded.files->tensors()) {
    if (used.contains(tensor.name)) continue;
    tensor.name = names.own_name(tensor.name);
    if (taken.insert(tensor.name).second) loaded.unused.push_back(std::move(tensor));
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

void save_weights(const LoadedModule& loaded, const std::filesystem::path& path, StoredDType dtype,
                  const std::function<void()>& on_tensor) {
  std::vector<TensorToWrite> tensors;
  for (const auto& parameter : loaded.module->parameters()) {
    const float* data = parameter->value.data<float>();
    for (const auto& part : parameter->parts) {
      tensors.push_back({.name = part.name, .shape = part.shape, .data = data, .dtype = dtype});
      data += element_count(part.shape);
    }
  }
  if (tensors.empty()) return;
  for (const StoredTensor& tensor : loaded.unused) {
    if (tensor.dtype == StoredDType::other) continue;  // buffers such as position_ids, which nobody reads any more
    tensors.push_back({.name = tensor.name, .shape = tensor.shape, .stored = &tensor, .dtype = dtype});
  }
  write_safetensors(path, tensors, {{"format", "pt"}}, on_tensor);
}

}  // namespace sbert
