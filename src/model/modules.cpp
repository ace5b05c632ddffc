#include <algorithm>
#include <utility>

#include <sbert/models.h>

#include "base/fail.h"
#include "hub/pull.h"
#include "model/load.h"
#include "model/static_weights.h"
#include "nn/bow.h"
#include "nn/cnn.h"
#include "nn/dense.h"
#include "nn/dropout.h"
#include "nn/layer_norm.h"
#include "nn/lstm.h"
#include "nn/normalize.h"
#include "nn/pooling.h"
#include "nn/router.h"
#include "nn/transformer.h"
#include "nn/weighted_layer_pooling.h"
#include "nn/word_embeddings.h"
#include "nn/word_weights.h"
#include "text/word_vectors.h"

namespace sbert::models {
namespace {

std::shared_ptr<nn::Module> open_transformer(const std::string& model, const TransformerOptions& options) {
  const auto loaded = hub::open_model_directory(
      model, {}, [&](const std::filesystem::path& directory) { return load_module("Transformer", directory, model); });
  const auto transformer = std::dynamic_pointer_cast<nn::Transformer>(loaded.module);
  if (options.max_seq_length != 0) transformer->set_max_seq_length(options.max_seq_length);
  if (options.do_lower_case) transformer->set_lower_case();
  return transformer;
}

std::shared_ptr<nn::Module> make_word_embeddings(Tensor table, const std::vector<std::string>& vocabulary,
                                                 const WordEmbeddingsOptions& options) {
  if (static_cast<int64_t>(vocabulary.size()) > table.rows()) {
    fail(ErrorCode::invalid_argument, "WordEmbeddings: ", vocabulary.size(), " words have only ", table.rows(),
         " embeddings");
  }
  auto module = std::make_shared<nn::WordEmbeddings>(
      text::make_word_tokenizer(options.tokenizer, vocabulary), table.rows(), table.cols(),
      nn::WordEmbeddings::Settings{options.update_embeddings, options.max_seq_length});
  module->table()->value = std::move(table);
  return module;
}

Tensor copy_to_tensor(const Embeddings& rows) {
  const Tensor tensor = Tensor::empty(static_cast<int64_t>(rows.rows()), static_cast<int64_t>(rows.dimension()));
  std::copy_n(rows.data(), tensor.size(), tensor.data<float>());
  return tensor;
}

/// A module with fresh weights.
template <class M, class... Arguments>
std::shared_ptr<nn::Module> make_fresh(const Arguments&... arguments) {
  auto module = std::make_shared<M>(arguments...);
  module->initialize();
  return module;
}
template <class M, class Options, class... Sizes>
std::shared_ptr<nn::Module> make_random(const Options& options, Sizes... sizes) {
  auto module = std::make_shared<M>(sizes..., options);
  module->initialize(options.seed);
  return module;
}

std::shared_ptr<nn::Module> make_router(const Router::Routes& routes, const RouterOptions& options) {
  std::vector<nn::Router::Route> own;
  for (const auto& [name, modules] : routes) {
    own.push_back({name, {}});
    for (const Module& module : modules)
      own.back().modules.push_back(module.implementation());
    nn::keep_layers_if_read(own.back().modules);
  }
  return std::make_shared<nn::Router>(std::move(own), options);
}

}  // namespace

std::string Module::type() const {
  return implementation_->type();
}

Transformer::Transformer(const std::string& model, const TransformerOptions& options)
    : Module(open_transformer(model, options)) {}

int64_t Transformer::embedding_dimension() const {
  return implementation_->dimensions({}).tokens;
}

StaticEmbedding::StaticEmbedding(const std::string& model)
    : Module(hub::open_model_directory(model, {}, open_static_embedding)) {}

StaticEmbedding::StaticEmbedding(const std::string& model, int64_t embedding_dimension, uint64_t seed)
    : Module(hub::open_model_directory(model, {}, [&](const std::filesystem::path& directory) {
        return nn::StaticEmbedding::random(directory / "tokenizer.json", embedding_dimension, seed);
      })) {}

WordEmbeddings::WordEmbeddings(const std::string& model)
    : Module(hub::open_model_directory(model, {}, [&](const std::filesystem::path& directory) {
        return load_module("WordEmbeddings", directory, model).module;
      })) {}

WordEmbeddings::WordEmbeddings(const Embeddings& weights, const std::vector<std::string>& vocabulary,
                               const WordEmbeddingsOptions& options)
    : Module(make_word_embeddings(copy_to_tensor(weights), vocabulary, options)) {}

WordEmbeddings WordEmbeddings::from_text_file(const std::filesystem::path& path, const WordEmbeddingsOptions& options) {
  const auto vectors = std::make_shared<const text::WordVectors>(
      text::read_word_vectors(path, options.item_separator, options.max_vocab_size));
  Tensor table = Tensor::borrow(vectors->values.data(), static_cast<int64_t>(vectors->words.size()),
                                static_cast<int64_t>(vectors->dimension), vectors);
  return WordEmbeddings(make_word_embeddings(std::move(table), vectors->words, options));
}

int64_t WordEmbeddings::embedding_dimension() const {
  return implementation_->dimensions({}).tokens;
}

BoW::BoW(const std::vector<std::string>& vocabulary, const std::map<std::string, double>& word_weights,
         const BoWOptions& options)
    : Module(std::make_shared<nn::BoW>(vocabulary, word_weights, options)) {}

Pooling::Pooling(int64_t embedding_dimension, PoolingMode mode, const PoolingOptions& options)
    : Pooling(embedding_dimension, std::vector{mode}, options) {}

Pooling::Pooling(int64_t embedding_dimension, const std::vector<PoolingMode>& modes, const PoolingOptions& options)
    : Module(std::make_shared<nn::Pooling>(embedding_dimension, modes, options.include_prompt)) {}

Dense::Dense(int64_t in_features, int64_t out_features, const DenseOptions& options)
    : Module(make_random<nn::Dense>(options, in_features, out_features)) {}

Router::Router(const Routes& routes, const RouterOptions& options) : Module(make_router(routes, options)) {}

Router Router::for_query_document(const std::vector<Module>& query_modules, const std::vector<Module>& document_modules,
                                  const RouterOptions& options) {
  return Router({{"query", query_modules}, {"document", document_modules}}, options);
}

Normalize::Normalize(FeatureName module_input_name) : Module(std::make_shared<nn::Normalize>(module_input_name)) {}

LayerNorm::LayerNorm(int64_t dimension) : Module(make_fresh<nn::LayerNorm>(dimension)) {}

Dropout::Dropout(double dropout) : Module(std::make_shared<nn::Dropout>(dropout)) {}

WeightedLayerPooling::WeightedLayerPooling(int64_t embedding_dimension, const WeightedLayerPoolingOptions& options)
    : Module(make_fresh<nn::WeightedLayerPooling>(embedding_dimension, options)) {}

WordWeights::WordWeights(const std::vector<std::string>& vocab, const std::map<std::string, double>& word_weights,
                         double unknown_word_weight)
    : Module(make_fresh<nn::WordWeights>(vocab, word_weights, unknown_word_weight)) {}

CNN::CNN(int64_t in_embedding_dimension, const CNNOptions& options)
    : Module(make_random<nn::CNN>(options, in_embedding_dimension)) {}

LSTM::LSTM(int64_t embedding_dimension, int64_t hidden_dim, const LSTMOptions& options)
    : Module(make_random<nn::LSTM>(options, embedding_dimension, hidden_dim)) {}

}  // namespace sbert::models
