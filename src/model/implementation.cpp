#include "model/implementation.h"

#include "base/fail.h"
#include "kernels/cpu_features.h"
#include "kernels/gemm.h"
#include "nn/router.h"

namespace sbert {

std::string_view to_string(Precision precision) {
  switch (precision) {
    case Precision::f32:
      return "f32";
    case Precision::bf16:
      return "bf16";
    case Precision::automatic:
      break;
  }
  return "auto";
}

Precision precision_from_string(std::string_view name) {
  for (const Precision precision : {Precision::automatic, Precision::f32, Precision::bf16}) {
    if (name == to_string(precision)) return precision;
  }
  fail(ErrorCode::invalid_argument, "unknown precision '", name, "'; known: auto, f32, bf16");
}

DType gemm_dtype(Precision precision) {
  switch (precision) {
    case Precision::f32:
      return DType::f32;
    case Precision::bf16:
      return DType::bf16;
    case Precision::automatic:
      break;
  }
  return cpu_features().avx512_bf16 && bfloat16_gemm_available() ? DType::bf16 : DType::f32;
}

namespace {

std::span<const std::byte> value_bytes(const Parameter& parameter) {
  return std::as_bytes(std::span(parameter.value.data<float>(), static_cast<size_t>(parameter.value.size())));
}

/// GEMMs read the rounded copies from now on: the weights of a mapped file need not stay in memory.
void release_rounded(const LoadedModule& loaded) {
  if (loaded.files == nullptr) return;
  for (const auto& parameter : loaded.module->parameters()) {
    if (parameter->rounded.defined()) loaded.files->release(value_bytes(*parameter));
  }
}

void add_leaves(const LoadedModule& loaded, const std::string& prefix, std::vector<ModelImplementation::Leaf>& leaves) {
  const auto* router = dynamic_cast<const nn::Router*>(loaded.module.get());
  if (router == nullptr) {
    leaves.push_back({prefix, &loaded});
    return;
  }
  for (size_t i = 0; i < loaded.parts.size(); ++i)
    add_leaves(loaded.parts[i], prefix + router->parts()[i].name + ".", leaves);
}

}  // namespace

LoadedModule without_files(std::shared_ptr<nn::Module> module) {
  LoadedModule loaded{std::move(module)};
  if (const auto* router = dynamic_cast<const nn::Router*>(loaded.module.get())) {
    for (const auto& part : router->parts())
      loaded.parts.push_back(without_files(part.module));
  }
  return loaded;
}

ModelImplementation::ModelImplementation(std::vector<LoadedModule> modules) : modules_(std::move(modules)) {
  if (modules_.empty()) fail(ErrorCode::invalid_argument, "a model needs at least one module");
  input_ = dynamic_cast<nn::InputModule*>(modules_.front().module.get());
  if (input_ == nullptr) {
    fail(ErrorCode::invalid_argument, "a model begins with a module that reads text, such as Transformer, not with ",
         modules_.front().module->type());
  }
  nn::Dimensions dimensions;
  for (size_t i = 0; i < modules_.size(); ++i) {
    try {
      dimensions = modules_[i].module->dimensions(dimensions);
    } catch (const Error& error) {
      fail(error.code(), "module ", i, " of the model: ", error.what());
    }
  }
  dimension_ = dimensions.sentence;
  if (dimension_ == 0) {
    fail(ErrorCode::invalid_argument, "the model has no module that makes sentence embeddings; add Pooling");
  }
}

std::vector<ModelImplementation::Leaf> ModelImplementation::leaves() const {
  std::vector<Leaf> leaves;
  for (size_t i = 0; i < modules_.size(); ++i)
    add_leaves(modules_[i], std::to_string(i) + ".", leaves);
  return leaves;
}

std::vector<ParameterPtr> ModelImplementation::parameters() const {
  std::vector<ParameterPtr> all;
  for (const auto& loaded : modules_) {
    const auto own = loaded.module->parameters();
    all.insert(all.end(), own.begin(), own.end());
  }
  return all;
}

void ModelImplementation::forward(Execution& run, nn::Features& features) const {
  for (const auto& loaded : modules_)
    loaded.module->forward(run, features);
}

std::vector<Var> ModelImplementation::forward_layers(Execution& run, nn::Features& features,
                                                     std::span<const int64_t> layers) const {
  features.keep_layers = !layers.empty();
  forward(run, features);
  const Var last = features.token_embeddings;
  const Var whole = features.sentence_embedding;
  std::vector<Var> embeddings;
  // In the same Features: what is recorded refers to its batch.
  for (const int64_t layer : layers) {
    features.token_embeddings = features.layer_embeddings.at(static_cast<size_t>(layer));
    for (size_t i = 1; i < modules_.size(); ++i)
      modules_[i].module->forward(run, features);
    embeddings.push_back(features.sentence_embedding);
  }
  features.token_embeddings = last;
  features.sentence_embedding = whole;
  return embeddings;
}

DType ModelImplementation::prepare(Precision precision) const {
  const DType dtype = gemm_dtype(precision);
  if (dtype == DType::bf16) {
    if (!bfloat16_gemm_available()) {
      fail(ErrorCode::unsupported, "precision bf16 needs a CPU with AVX-512; use --precision f32");
    }
    const std::lock_guard lock(rounding_);
    if (!rounded_) {
      round_weights(parameters());
      for (const Leaf& leaf : leaves())
        release_rounded(*leaf.module);
      rounded_ = true;
    }
  }
  return dtype;
}

uint64_t ModelImplementation::weight_bytes(DType gemm) const {
  uint64_t bytes = 0;
  for (const auto& loaded : modules_) {
    for (const auto& parameter : loaded.module->parameters()) {
      const auto value = value_bytes(*parameter);
      const bool rounded = gemm == DType::bf16 && parameter->gemm_weight;
      const bool released = rounded && loaded.files != nullptr && loaded.files->hold(value);
      bytes += (rounded ? value.size() / 2 : 0) + (released ? 0 : value.size());
    }
  }
  return bytes;
}

void ModelImplementation::parameters_changed() {
  const std::lock_guard lock(rounding_);
  for (const auto& parameter : parameters())
    parameter->rounded = Tensor();
  rounded_ = false;
}

void ModelImplementation::release_files() const {
  for (const Leaf& leaf : leaves()) {
    const auto& files = leaf.module->files;
    if (files == nullptr) continue;
    for (const StoredTensor& tensor : files->tensors())
      files->release(tensor.bytes);
  }
}

}  // namespace sbert
