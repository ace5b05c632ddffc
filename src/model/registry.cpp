#include "model/registry.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/fail.h"
#include "base/files.h"
#include "model/router_files.h"
#include "model/static_weights.h"
#include "model/tensor_files.h"
#include "model/weights.h"
#include "nn/bow.h"
#include "nn/cnn.h"
#include "nn/dense.h"
#include "nn/dropout.h"
#include "nn/layer_norm.h"
#include "nn/lstm.h"
#include "nn/normalize.h"
#include "nn/pooling.h"
#include "nn/transformer.h"
#include "nn/weighted_layer_pooling.h"
#include "nn/word_embeddings.h"
#include "nn/word_weights.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;

template <class M>
LoadedModule from_config(const fs::path& directory) {
  const fs::path path = directory / M::kConfigFile;
  return {M::from_config(read_json_file(path), path.string())};
}

LoadedModule open_word_embeddings(const fs::path& directory) {
  const auto [rows, dimension] = stored_matrix_shape(directory, nn::WordEmbeddings::kTable);
  return {nn::WordEmbeddings::open(directory, rows, dimension)};
}

/// Older versions write no config.
LoadedModule open_normalize(const fs::path& directory) {
  if (!is_there(directory / nn::Normalize::kConfigFile)) return {std::make_shared<nn::Normalize>()};
  return from_config<nn::Normalize>(directory);
}

/// Older versions write no weights: they are those of the config.
LoadedModule open_word_weights(const fs::path& directory) {
  LoadedModule loaded = from_config<nn::WordWeights>(directory);
  if (!TensorFiles::exist(directory)) static_cast<nn::WordWeights&>(*loaded.module).initialize();
  return loaded;
}

struct OldTransformer {
  std::string_view type;
  const char* model_type;
};

/// Until 2020 each architecture had a class of its own.
constexpr std::array<OldTransformer, 5> kOldTransformers{{
    {"BERT", "bert"},
    {"RoBERTa", "roberta"},
    {"DistilBERT", "distilbert"},
    {"CamemBERT", "camembert"},
    {"XLMRoBERTa", "xlm-roberta"},
}};

struct Entry {
  std::string_view type;
  LoadedModule (*open)(const fs::path& directory);
};

// One line a module.
constexpr std::array<Entry, 15> kModules{{
    {"Transformer", [](const fs::path& directory) -> LoadedModule { return {nn::Transformer::open(directory)}; }},
    {"Pooling", from_config<nn::Pooling>},
    {"Dense", from_config<nn::Dense>},
    {"StaticEmbedding", [](const fs::path& directory) -> LoadedModule { return {open_static_embedding(directory)}; }},
    {"WordEmbeddings", open_word_embeddings},
    {"BoW", from_config<nn::BoW>},
    {"Normalize", open_normalize},
    {"LayerNorm", from_config<nn::LayerNorm>},
    {"Dropout", from_config<nn::Dropout>},
    {"WeightedLayerPooling", from_config<nn::WeightedLayerPooling>},
    {"WordWeights", open_word_weights},
    {"CNN", from_config<nn::CNN>},
    {"LSTM", from_config<nn::LSTM>},
    {"Router", open_router},
    {"Asym", open_router},
}};

}  // namespace

std::string class_of_library(const std::string& path, const std::string& where) {
  if (path.starts_with("sentence_transformers.")) return path.substr(path.rfind('.') + 1);
  fail(ErrorCode::unsupported, where, ": module '", path,
       "' is none of sentence-transformers but code of the model's own, which is never run");
}

LoadedModule open_module(const std::string& name, const fs::path& directory, const std::string& where) {
  const auto* old = std::ranges::find(kOldTransformers, name, &OldTransformer::type);
  if (old != kOldTransformers.end()) return {nn::Transformer::open(directory, old->model_type)};
  std::string known;
  for (const auto& entry : kModules) {
    if (entry.type == name) return entry.open(directory);
    known += (known.empty() ? "" : ", ") + std::string(entry.type);
  }
  fail(ErrorCode::unsupported, where, ": module type '", name, "' is not supported; supported: ", known);
}

std::vector<std::string_view> module_types() {
  std::vector<std::string_view> types;
  for (const auto& entry : kModules)
    types.push_back(entry.type);
  return types;
}

}  // namespace sbert
