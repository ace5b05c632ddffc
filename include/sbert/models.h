#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <sbert/embeddings.h>

namespace sbert {

namespace nn {
class Module;  // the implementation behind a handle; not part of the public API
}

namespace models {

/// A handle to one module of a model. Copies share the module (its parameters too), as in the tutorial's
/// `SentenceTransformer(modules=[words, pooling])`.
class Module {
 public:
  explicit Module(std::shared_ptr<nn::Module> implementation) : implementation_(std::move(implementation)) {}

  const std::shared_ptr<nn::Module>& implementation() const { return implementation_; }
  /// The class name of sentence-transformers: "Transformer", "Pooling", ...
  std::string type() const;

 protected:
  std::shared_ptr<nn::Module> implementation_;
};

struct TransformerOptions {
  int64_t max_seq_length = 0;  ///< Tokens, special ones included; 0: what the model's files say.
  bool do_lower_case = false;  ///< Lower-case the text before the tokenizer sees it.
};

/// A Hugging Face encoder with its tokenizer: text -> token embeddings [T, hidden_size].
/// sentence_transformers.models.Transformer.
class Transformer : public Module {
 public:
  /// `model`: a directory, or a name on the Hub. THROWS: not_found, corrupt_data, unsupported (architecture).
  explicit Transformer(const std::string& model, const TransformerOptions& options = {});
  int64_t embedding_dimension() const;
};

/// Text -> the mean of its tokens' embeddings [N, D], without an encoder: hundreds of times as fast as a Transformer.
/// sentence_transformers.models.StaticEmbedding. Texts have no limit of length; special tokens are not used.
class StaticEmbedding : public Module {
 public:
  /// `model`: a directory with tokenizer.json and model.safetensors (embedding.weight, or what model2vec writes), or a
  /// name on the Hub. THROWS: not_found, corrupt_data.
  explicit StaticEmbedding(const std::string& model);
  /// A new one to be trained: the tokenizer of `model`, random embeddings.
  StaticEmbedding(const std::string& model, int64_t embedding_dimension, uint64_t seed = 42);
};

/// 386 frequent English words and punctuation marks: what sentence-transformers' word tokenizers leave out by default.
const std::vector<std::string>& english_stop_words();

/// Words are what stands between white space; of each is looked up what is there, then that without punctuation around
/// it, then that in lower case. Unknown words and stop words are left out.
/// sentence_transformers.models.tokenizer.WhitespaceTokenizer.
struct WhitespaceTokenizer {
  std::vector<std::string> stop_words = english_stop_words();
  bool do_lower_case = false;  ///< All of the text, before anything else.
};

/// Words as NLTK cuts English; neighbours that together are in the vocabulary ("New_York") become one.
/// sentence_transformers.models.tokenizer.PhraseTokenizer.
struct PhraseTokenizer {
  std::vector<std::string> stop_words = english_stop_words();
  bool do_lower_case = false;         ///< Written to the file and otherwise without effect, as in Python.
  std::string ngram_separator = "_";  ///< Empty: no phrases.
  int64_t max_ngram_length = 5;       ///< Words of a phrase.
};

/// The tokenizer.json of a model, special tokens included; each of its tokens has its own row, so rows are not named by
/// words of a vector file. sentence_transformers.models.tokenizer.TransformersTokenizerWrapper.
struct HuggingFaceTokenizer {
  std::string model;  ///< a directory, or a name on the Hub
};

using WordTokenizer = std::variant<WhitespaceTokenizer, PhraseTokenizer, HuggingFaceTokenizer>;

struct WordEmbeddingsOptions {
  WordTokenizer tokenizer{};
  bool update_embeddings = false;    ///< Whether training changes the embeddings.
  int64_t max_seq_length = 1000000;  ///< Words of a text that are used.
  std::string item_separator = " ";  ///< Of a text file: between the word and its numbers.
  uint64_t max_vocab_size = 0;       ///< Of a text file: its first words only; 0: all.
};

/// Text -> the embeddings of its words [T, D], each the same whatever stands beside it.
/// sentence_transformers.models.WordEmbeddings.
class WordEmbeddings : public Module {
 public:
  /// `model`: a directory, or a name on the Hub. THROWS: not_found, corrupt_data, unsupported (tokenizer).
  explicit WordEmbeddings(const std::string& model);
  /// Row i of `weights` belongs to word i of `vocabulary`, or to token i of a HuggingFaceTokenizer, whose vocabulary is
  /// its own. THROWS: invalid_argument if there are more words than rows.
  WordEmbeddings(const Embeddings& weights, const std::vector<std::string>& vocabulary,
                 const WordEmbeddingsOptions& options = {});
  /// Vectors as GloVe and word2vec write them, one word a line, perhaps `.gz`: word, separator, numbers. A first line
  /// of two items (word2vec's sizes) and lines of another width than the first are skipped, as Python does. Row 0 is
  /// zeros, for padding. THROWS: not_found; corrupt_data naming the line, or if there is no vector.
  static WordEmbeddings from_text_file(const std::filesystem::path& path, const WordEmbeddingsOptions& options = {});

  int64_t embedding_dimension() const;

 private:
  using Module::Module;
};

struct BoWOptions {
  double unknown_word_weight = 1;         ///< Of words without a weight of their own.
  bool cumulative_term_frequency = true;  ///< A word that is there n times counts n times.
};

/// Text -> for each word of `vocabulary` how often it is there, times its weight: [N, words], with fitting weights
/// tf-idf. Words as of a WhitespaceTokenizer without stop words; a weight may stand under a word's lower case.
/// sentence_transformers.models.BoW.
class BoW : public Module {
 public:
  /// THROWS: invalid_argument for an empty vocabulary or a weight that is not finite.
  explicit BoW(const std::vector<std::string>& vocabulary, const std::map<std::string, double>& word_weights = {},
               const BoWOptions& options = {});
};

/// How token embeddings become one vector; sentence_transformers.models.Pooling.
enum class PoolingMode {
  cls,                   ///< the first token
  max,                   ///< the largest value of each coordinate
  mean,                  ///< the average
  mean_sqrt_len_tokens,  ///< the sum over the square root of the length
  weightedmean,          ///< the average, token i counted i times (SGPT, Muennighoff 2022)
  lasttoken,             ///< the last token
};

struct PoolingOptions {
  /// false: the tokens of the prompt that encode() or an objective puts before a text are left out (INSTRUCTOR models).
  bool include_prompt = true;
};

/// Token embeddings [T, hidden_size] -> sentence embeddings [N, modes * hidden_size], one block a mode in the order
/// given. A text without tokens becomes 0 (in Python, `max` makes -infinity of it).
class Pooling : public Module {
 public:
  explicit Pooling(int64_t embedding_dimension, PoolingMode mode = PoolingMode::mean,
                   const PoolingOptions& options = {});
  Pooling(int64_t embedding_dimension, const std::vector<PoolingMode>& modes, const PoolingOptions& options = {});
};

/// What a module reads, and replaces; `module_input_name` in its config.json.
enum class FeatureName { token_embeddings, sentence_embedding };

/// Activations: torch.nn's of those names, with their default parameters. The last six are only encoders': torch.nn has
/// no class for them by which a Dense could be saved.
enum class Activation {
  identity,
  tanh,
  relu,
  gelu,  ///< exact, with erf
  sigmoid,
  silu,
  mish,
  leaky_relu,  ///< slope 0.01
  relu6,
  elu,  ///< alpha 1; torch.nn.CELU is the same
  selu,
  softplus,
  softsign,
  log_sigmoid,
  hardtanh,
  hardsigmoid,
  hardswish,
  hardshrink,  ///< lambda 0.5
  softshrink,  ///< lambda 0.5
  tanhshrink,
  gelu_tanh,     ///< gelu's approximation by tanh
  gelu_clipped,  ///< gelu between -10 and 10
  quick_gelu,    ///< x sigmoid(1.702 x)
  relu_squared,
  laplace,  ///< of MEGA: a normal distribution function
  sqrt_softplus,
};

struct DenseOptions {
  bool bias = true;
  Activation activation = Activation::tanh;
  bool use_residual = false;  ///< y += x, or y += R x with a matrix to learn where the dimensions differ
  FeatureName module_input_name = FeatureName::sentence_embedding;
  uint64_t seed = 42;  ///< of the initial weights, uniform in +-1/sqrt(in_features)
};

/// y = activation(W x + b) on sentence embeddings, or each token's; sentence_transformers.models.Dense.
class Dense : public Module {
 public:
  Dense(int64_t in_features, int64_t out_features, const DenseOptions& options = {});
};

/// Where texts of a task go, whatever the names of the routes; an empty field stands for anything.
struct RouteMapping {
  std::optional<std::string> task{};      ///< "query"
  std::optional<std::string> modality{};  ///< "text" is the only one here.
  std::string route;
};

struct RouterOptions {
  std::optional<std::string> default_route{};  ///< Of texts without a task.
  bool allow_empty_key = true;                 ///< Without a default_route, the first route is the default.
  std::vector<RouteMapping> route_mappings{};
};

/// Texts go through one of several lists of modules, which EncodeOptions::task (encode_query, encode_document) or an
/// objective's router_mapping chooses: a mapping of task and modality, of the task, of the modality, of anything; else
/// the route of the task's name, or called "text"; else the default. Routes may share modules.
/// sentence_transformers.models.Router, and its older name Asym.
class Router : public Module {
 public:
  using Routes = std::vector<std::pair<std::string, std::vector<Module>>>;

  /// THROWS: invalid_argument for empty, repeated or unknown routes.
  explicit Router(const Routes& routes, const RouterOptions& options = {});
  /// Routes "query" and "document", which is the default.
  static Router for_query_document(const std::vector<Module>& query_modules,
                                   const std::vector<Module>& document_modules,
                                   const RouterOptions& options = {.default_route = "document"});
};

/// Unit length; sentence_transformers.models.Normalize.
class Normalize : public Module {
 public:
  explicit Normalize(FeatureName module_input_name = FeatureName::sentence_embedding);
};

/// LayerNorm of sentence embeddings, epsilon 1e-5; sentence_transformers.models.LayerNorm.
class LayerNorm : public Module {
 public:
  explicit LayerNorm(int64_t dimension);
};

/// Drops coordinates of sentence embeddings while training; sentence_transformers.models.Dropout.
class Dropout : public Module {
 public:
  explicit Dropout(double dropout = 0.2);
};

struct WeightedLayerPoolingOptions {
  int64_t num_hidden_layers = 12;  ///< of the Transformer
  int64_t layer_start = 4;         ///< the first layer that counts; 0: the embeddings before all layers
};

/// Token embeddings become the mean of the Transformer's layers, with weights that are learned; stands before Pooling.
/// sentence_transformers.models.WeightedLayerPooling. A model that has it makes its Transformer keep all layers
/// (`output_hidden_states` in Python, without which the module does nothing there).
class WeightedLayerPooling : public Module {
 public:
  explicit WeightedLayerPooling(int64_t embedding_dimension, const WeightedLayerPoolingOptions& options = {});
};

/// Multiplies each token's embedding by a weight of its word, such as its idf; stands before Pooling, whose means then
/// divide by the sum of weights. The weights are learned further. sentence_transformers.models.WordWeights.
class WordWeights : public Module {
 public:
  /// `vocab`: word i is that of token i. A word without a weight has that of its lower case, else
  /// `unknown_word_weight`.
  WordWeights(const std::vector<std::string>& vocab, const std::map<std::string, double>& word_weights,
              double unknown_word_weight = 1);
};

struct CNNOptions {
  int64_t out_channels = 256;                     ///< of each kernel
  std::vector<int64_t> kernel_sizes = {1, 3, 5};  ///< tokens that a kernel sees; odd
  uint64_t seed = 42;                             ///< of the initial weights, uniform in +-1/sqrt(inputs * size)
};

/// Convolutions over token embeddings [T, D] -> [T, out_channels * kernels] (Kim 2014); stands before Pooling.
/// sentence_transformers.models.CNN, but that strides other than 1 and even kernels, with which Python pools padding,
/// are refused.
class CNN : public Module {
 public:
  explicit CNN(int64_t in_embedding_dimension, const CNNOptions& options = {});
};

struct LSTMOptions {
  int64_t num_layers = 1;
  double dropout = 0;  ///< between layers
  bool bidirectional = true;
  uint64_t seed = 42;  ///< of the initial weights, uniform in +-1/sqrt(hidden_dim)
};

/// An LSTM over token embeddings [T, D] -> [T, hidden_dim], twice that if bidirectional; stands before Pooling.
/// sentence_transformers.models.LSTM, which works after WordEmbeddings only; this one takes any tokens.
class LSTM : public Module {
 public:
  LSTM(int64_t embedding_dimension, int64_t hidden_dim, const LSTMOptions& options = {});
};

}  // namespace models
}  // namespace sbert
