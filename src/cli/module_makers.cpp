#include "cli/module_makers.h"

#include <array>
#include <filesystem>
#include <string>
#include <utility>

#include "base/fail.h"
#include "cli/weighted_words.h"
#include "nn/dense.h"
#include "nn/normalize.h"
#include "nn/pooling.h"

namespace sbert::cli {
namespace {

namespace fs = std::filesystem;
using losses::OptionReader;

/// What makes no sense in `config` was said by the user, not by a file.
template <class M>
std::shared_ptr<M> from_config(const OptionReader& options, const Json& config) {
  try {
    return M::from_config(config, options.loss());
  } catch (const Error& error) {
    fail(ErrorCode::invalid_argument, error.what());
  }
}

/// A parameter without which there is no module.
template <class T>
T required(OptionReader& options, const char* name, T value, const char* example) {
  const T missing = value;
  options.read(name, value);
  if (value == missing) fail(ErrorCode::invalid_argument, options.loss(), ": ", name, " is missing, as in ", example);
  return value;
}

int64_t token_dimension(const OptionReader& options, const ModulesBefore& before) {
  if (before.dimensions.tokens == 0) {
    fail(ErrorCode::invalid_argument, options.loss(),
         " works on token embeddings: put Transformer or WordEmbeddings before it");
  }
  return before.dimensions.tokens;
}

int64_t sentence_dimension(const OptionReader& options, const ModulesBefore& before) {
  if (before.dimensions.sentence == 0) {
    fail(ErrorCode::invalid_argument, options.loss(), " works on sentence embeddings: put Pooling before it");
  }
  return before.dimensions.sentence;
}

const nn::InputModule& input(const OptionReader& options, const ModulesBefore& before) {
  token_dimension(options, before);
  return dynamic_cast<const nn::InputModule&>(*before.modules.front().implementation());
}

/// Another one for each place in the model.
uint64_t seed_of_next(const ModulesBefore& before) {
  return before.seed + before.modules.size();
}

constexpr const char* kSentenceEmbedding = "sentence_embedding";
constexpr const char* kTokenEmbeddings = "token_embeddings";

const ModuleMaker kTransformer{
    .name = "Transformer",
    .argument = "model",
    .usage = "Transformer:MODEL",
    .help = "a Hugging Face encoder: directory, or name on the Hub; max_seq_length, do_lower_case",
    .make = [](OptionReader& options, const ModulesBefore&) -> models::Module {
      models::TransformerOptions parsed;
      options.read("max_seq_length", parsed.max_seq_length);
      options.read("do_lower_case", parsed.do_lower_case);
      return models::Transformer(required(options, "model", std::string(), "Transformer:distilroberta-base"), parsed);
    }};

const ModuleMaker kStaticEmbedding{
    .name = "StaticEmbedding",
    .argument = "model",
    .usage = "StaticEmbedding:MODEL",
    .help = "means of embeddings of tokens, also of model2vec; embedding_dimension: random ones for MODEL's tokenizer",
    .make = [](OptionReader& options, const ModulesBefore& before) -> models::Module {
      int64_t dimension = 0;
      options.read("embedding_dimension", dimension);
      const auto model = required(options, "model", std::string(), "StaticEmbedding:minishlab/potion-base-8M");
      if (dimension == 0) return models::StaticEmbedding(model);
      return models::StaticEmbedding(model, dimension, before.seed);
    }};

bool is_vector_file(const fs::path& path) {
  const fs::path ending = path.extension();
  return fs::is_regular_file(path) || ending == ".txt" || ending == ".vec" || ending == ".gz";
}

const ModuleMaker kWordEmbeddings{
    .name = "WordEmbeddings",
    .argument = "vectors",
    .usage = "WordEmbeddings:FILE",
    .help =
        "vectors as GloVe and word2vec write them, or the directory of a saved module; of a file: update_embeddings "
        "(true: they are trained), tokenizer (whitespace or phrase), stop_words (false: all words count), "
        "do_lower_case, max_seq_length, max_vocab_size, item_separator",
    .make = [](OptionReader& options, const ModulesBefore&) -> models::Module {
      const auto vectors = required(options, "vectors", std::string(), "WordEmbeddings:glove.6B.300d.txt");
      if (!is_vector_file(vectors)) return models::WordEmbeddings(vectors);
      enum class Kind { whitespace, phrase } kind = Kind::whitespace;
      constexpr std::array<losses::Choice<Kind>, 2> kKinds{
          {{"whitespace", Kind::whitespace}, {"phrase", Kind::phrase}}};
      models::WordEmbeddingsOptions parsed;
      bool stop_words = true, lower_case = false;
      int64_t vocabulary = 0;
      options.read("tokenizer", kind, losses::Choices<Kind>(kKinds));
      options.read("stop_words", stop_words);
      options.read("do_lower_case", lower_case);
      options.read("update_embeddings", parsed.update_embeddings);
      options.read("max_seq_length", parsed.max_seq_length);
      options.read("max_vocab_size", vocabulary);
      options.read("item_separator", parsed.item_separator);
      if (vocabulary < 0) fail(ErrorCode::invalid_argument, "WordEmbeddings: max_vocab_size must not be negative");
      parsed.max_vocab_size = static_cast<uint64_t>(vocabulary);
      const auto configure = [&](auto tokenizer) {
        if (!stop_words) tokenizer.stop_words.clear();
        tokenizer.do_lower_case = lower_case;
        parsed.tokenizer = std::move(tokenizer);
      };
      if (kind == Kind::phrase) {
        configure(models::PhraseTokenizer{});
      } else {
        configure(models::WhitespaceTokenizer{});
      }
      return models::WordEmbeddings::from_text_file(vectors, parsed);
    }};

const ModuleMaker kBoW{
    .name = "BoW",
    .argument = "words",
    .usage = "BoW:FILE",
    .help =
        "how often each word of FILE is in a text, times its weight; FILE: one word a line, perhaps with its weight "
        "(idf) behind it; unknown_word_weight: of words without one; cumulative_term_frequency",
    .make = [](OptionReader& options, const ModulesBefore&) -> models::Module {
      models::BoWOptions parsed;
      options.read("unknown_word_weight", parsed.unknown_word_weight);
      options.read("cumulative_term_frequency", parsed.cumulative_term_frequency);
      const WeightedWords words = read_weighted_words(required(options, "words", std::string(), "BoW:words.txt"));
      return models::BoW(words.words, words.weights, parsed);
    }};

const ModuleMaker kPooling{
    .name = "Pooling",
    .argument = "pooling_mode",
    .usage = "Pooling:MODE",
    .help =
        "tokens become one vector: mean, cls, max, mean_sqrt_len_tokens, weightedmean, lasttoken, or a list of "
        "these, as [mean,max]; include_prompt",
    .make = [](OptionReader& options, const ModulesBefore& before) -> models::Module {
      std::vector<std::string> modes{"mean"};
      bool include_prompt = true;
      options.read("pooling_mode", modes);
      options.read("include_prompt", include_prompt);
      return models::Module(
          from_config<nn::Pooling>(options, {{"embedding_dimension", token_dimension(options, before)},
                                             {"pooling_mode", modes},
                                             {"include_prompt", include_prompt}}));
    }};

const ModuleMaker kDense{
    .name = "Dense",
    .argument = "out_features",
    .usage = "Dense:N",
    .help =
        "a linear layer of N outputs; activation_function (Tanh, Identity, GELU, ... of torch.nn), bias, "
        "use_residual, module_input_name (token_embeddings: before Pooling)",
    .make = [](OptionReader& options, const ModulesBefore& before) -> models::Module {
      std::string activation = "Tanh", reads = kSentenceEmbedding;
      bool bias = true, residual = false;
      const auto outputs = required(options, "out_features", int64_t{0}, "Dense:256");
      options.read("activation_function", activation);
      options.read("bias", bias);
      options.read("use_residual", residual);
      options.read("module_input_name", reads);
      const bool tokens = reads == kTokenEmbeddings;
      const auto module = from_config<nn::Dense>(
          options,
          {{"in_features", tokens ? token_dimension(options, before) : sentence_dimension(options, before)},
           {"out_features", outputs},
           {"activation_function", activation.starts_with("torch.nn.") ? activation : "torch.nn." + activation},
           {"bias", bias},
           {"use_residual", residual},
           {"module_input_name", reads}});
      module->initialize(seed_of_next(before));
      return models::Module(module);
    }};

const ModuleMaker kNormalize{
    .name = "Normalize",
    .argument = "module_input_name",
    .usage = "Normalize",
    .help = "vectors of length 1",
    .make = [](OptionReader& options, const ModulesBefore&) -> models::Module {
      std::string reads = kSentenceEmbedding;
      options.read("module_input_name", reads);
      return models::Module(from_config<nn::Normalize>(options, {{"module_input_name", reads}}));
    }};

const ModuleMaker kLayerNorm{.name = "LayerNorm",
                             .argument = "",
                             .usage = "LayerNorm",
                             .help = "layer normalisation of sentence embeddings",
                             .make = [](OptionReader& options, const ModulesBefore& before) -> models::Module {
                               return models::LayerNorm(sentence_dimension(options, before));
                             }};

const ModuleMaker kDropout{.name = "Dropout",
                           .argument = "dropout",
                           .usage = "Dropout:P",
                           .help = "drops coordinates of sentence embeddings while training; default: 0.2",
                           .make = [](OptionReader& options, const ModulesBefore&) -> models::Module {
                             double dropout = 0.2;
                             options.read("dropout", dropout);
                             return models::Dropout(dropout);
                           }};

const ModuleMaker kWeightedLayerPooling{
    .name = "WeightedLayerPooling",
    .argument = "layer_start",
    .usage = "WeightedLayerPooling:N",
    .help =
        "the mean of the Transformer's layers from N (default: 4) on, with weights that are trained; before Pooling",
    .make = [](OptionReader& options, const ModulesBefore& before) -> models::Module {
      models::WeightedLayerPoolingOptions parsed{.num_hidden_layers = input(options, before).layer_count()};
      options.read("layer_start", parsed.layer_start);
      return models::WeightedLayerPooling(token_dimension(options, before), parsed);
    }};

const ModuleMaker kWordWeights{
    .name = "WordWeights",
    .argument = "words",
    .usage = "WordWeights:FILE",
    .help =
        "tokens count in the mean as much as FILE says: a word and its weight (idf) a line; unknown_word_weight: of "
        "all others; before Pooling",
    .make = [](OptionReader& options, const ModulesBefore& before) -> models::Module {
      double unknown = 1;
      options.read("unknown_word_weight", unknown);
      const WeightedWords words = read_weighted_words(required(options, "words", std::string(), "WordWeights:idf.txt"));
      return models::WordWeights(tokens_of(input(options, before)), words.weights, unknown);
    }};

const ModuleMaker kCNN{
    .name = "CNN",
    .argument = "out_channels",
    .usage = "CNN:N",
    .help = "convolutions over token embeddings, N (default: 256) outputs of each kernel; kernel_sizes=[1,3,5]",
    .make = [](OptionReader& options, const ModulesBefore& before) -> models::Module {
      models::CNNOptions parsed{.seed = seed_of_next(before)};
      options.read("out_channels", parsed.out_channels);
      options.read("kernel_sizes", parsed.kernel_sizes);
      return models::CNN(token_dimension(options, before), parsed);
    }};

const ModuleMaker kLSTM{
    .name = "LSTM",
    .argument = "hidden_dim",
    .usage = "LSTM:N",
    .help =
        "an LSTM over token embeddings with N outputs, twice that as it reads both ways; num_layers, dropout, "
        "bidirectional",
    .make = [](OptionReader& options, const ModulesBefore& before) -> models::Module {
      models::LSTMOptions parsed{.seed = seed_of_next(before)};
      const auto hidden = required(options, "hidden_dim", int64_t{0}, "LSTM:256");
      options.read("num_layers", parsed.num_layers);
      options.read("dropout", parsed.dropout);
      options.read("bidirectional", parsed.bidirectional);
      return models::LSTM(token_dimension(options, before), hidden, parsed);
    }};

// One line a module, in the order in which they stand in a model.
constexpr std::array<const ModuleMaker*, 14> kMakers{
    &kTransformer,
    &kStaticEmbedding,
    &kWordEmbeddings,
    &kBoW,
    &kWeightedLayerPooling,
    &kWordWeights,
    &kCNN,
    &kLSTM,
    &kPooling,
    &kDense,
    &kNormalize,
    &kLayerNorm,
    &kDropout,
    &kRouterMaker,
};

}  // namespace

std::span<const ModuleMaker* const> module_makers() {
  return kMakers;
}

}  // namespace sbert::cli
