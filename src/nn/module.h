#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sbert/tokenizer.h>

#include "base/json.h"
#include "tensor/packed_batch.h"
#include "tensor/parameter.h"

namespace sbert::nn {

/// What flows through the modules of a model; each reads and adds.
struct Features {
  PackedBatch batch;
  Var token_embeddings{};    ///< [T, H], from the first module
  Var sentence_embedding{};  ///< [N, D], from pooling on
  Var token_weights_sum{};   ///< [N, 1], from WordWeights: what means divide by
  /// What the first module's layers have: [0] goes into layer 0, [i] comes out of layer i - 1. Only where
  /// `keep_layers`, or where the first module always keeps them.
  std::vector<Var> layer_embeddings{};
  bool keep_layers = false;
};

/// Columns of what flows through the modules; 0: no module has made it yet.
struct Dimensions {
  int64_t tokens = 0;    ///< of token_embeddings
  int64_t sentence = 0;  ///< of sentence_embedding
  int64_t layers = 0;    ///< matrices in layer_embeddings, where every forward pass keeps them
};

/// One module of a model (Transformer, Pooling, Dense, ...). It says what it is called and configured with on disk and
/// which parameters it has; reading and writing files is the model room's work.
/// Thread safety: forward without a tape may run on many threads at once.
class Module {
 public:
  virtual ~Module() = default;

  /// The class name of sentence-transformers: "Pooling".
  virtual std::string type() const = 0;
  virtual void forward(Execution& run, Features& features) const = 0;
  /// In the order in which they are laid out in memory; names are relative to the module.
  virtual std::vector<ParameterPtr> parameters() const { return {}; }
  /// What comes out when `input` goes in. THROWS: invalid_argument if `input` does not fit.
  virtual Dimensions dimensions(const Dimensions& input) const { return input; }

  /// Whether it works on layer_embeddings, which the first module then has to keep.
  virtual bool reads_layers() const { return false; }

  /// Name and content of the module's config file; an empty name: no file.
  static constexpr const char* kConfigFile = "config.json";
  virtual std::string config_file() const { return kConfigFile; }
  virtual OrderedJson config() const = 0;
  /// What a person wants to know of it beyond that: name -> value.
  virtual OrderedJson details() const { return OrderedJson::object(); }
};

/// The first module of a model: it also turns text into tokens.
class InputModule : public Module {
 public:
  struct Tokens {
    std::vector<int32_t> ids;
    bool truncated = false;
  };

  /// What reads the texts of `task` ("query"; empty: no task): itself, but for a Router. The methods below are then to
  /// be asked of that. THROWS: invalid_argument if the model has no such task.
  virtual const InputModule& reader(std::string_view /*task*/) const { return *this; }
  /// THROWS: corrupt_data if `text` is not UTF-8.
  virtual Tokens tokenize(std::string_view text, bool truncate = true) const = 0;
  virtual std::string token(int32_t id) const = 0;
  virtual TokenizerDescription describe_tokenizer() const = 0;
  /// What `tokenize` asks; null where words are looked up as they are.
  virtual const Tokenizer* tokenizer() const { return nullptr; }
  /// Whether `tokenize` has special tokens put around a text.
  virtual bool add_special_tokens() const { return false; }
  /// How many tokens at the beginning of a text are `prompt`, which was put before it; 0 where sentence-transformers
  /// does not count them.
  virtual int64_t prompt_length(std::string_view /*prompt*/) const { return 0; }
  /// How many layers there are; 0: a module without layers.
  virtual int64_t layer_count() const { return 0; }
  /// From now on every forward pass keeps layer_embeddings, also where the model is saved and loaded.
  virtual void keep_layers() {}
  /// 0: no limit.
  virtual int64_t max_seq_length() const = 0;
  /// THROWS: invalid_argument if the architecture cannot go that far.
  virtual void set_max_seq_length(int64_t tokens) = 0;
  /// Tokens of a batch that encodes fastest. For an encoder enough rows to keep every GEMM at its peak, few enough for
  /// the activations to stay in cache.
  virtual int64_t batch_tokens() const { return 2048; }
  /// Whether its files lie in the model's own directory, if it is the first module.
  virtual bool save_in_root() const { return true; }
  /// Files that are kept as they are when the model is saved: name -> bytes.
  virtual std::vector<std::pair<std::string, std::string>> files() const = 0;
};

/// THROWS: corrupt_data if one of `ids`, tokens of `module`, is none of the `rows` that its table of embeddings has: a
/// tokenizer may have more tokens than that, as long as no text has them.
void require_embeddings(const InputModule& module, std::span<const int32_t> ids, int64_t rows);

/// Tells the first of the modules to keep its layers if one of the others reads them.
void keep_layers_if_read(std::span<const std::shared_ptr<Module>> modules);

}  // namespace sbert::nn
