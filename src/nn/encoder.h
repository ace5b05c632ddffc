#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tensor/packed_batch.h"
#include "tensor/parameter.h"

namespace sbert::nn {

/// Shape of a BERT-like encoder; names as in Hugging Face config.json.
struct EncoderConfig {
  int64_t vocab_size = 0;
  int64_t hidden_size = 0;
  int64_t num_hidden_layers = 0;
  int64_t num_attention_heads = 0;
  int64_t intermediate_size = 0;
  int64_t max_position_embeddings = 0;
  int64_t type_vocab_size = 0;  ///< 0: no token types
  double layer_norm_eps = 1e-12;
  double hidden_dropout = 0.1;
  double attention_dropout = 0.1;
  int64_t position_offset = 0;  ///< number of the first position

  int64_t max_tokens() const { return max_position_embeddings - position_offset; }
};

/// What an architecture calls its tensors on disk. "{}" stands for the layer's number; ".weight" and ".bias" are added.
struct EncoderNames {
  std::string word_embeddings, position_embeddings, token_type_embeddings, embeddings_norm;
  std::string query, key, value, attention_output, attention_norm;
  std::string intermediate, output, output_norm;
};

/// Post-norm transformer encoder (Devlin et al. 2019), written once for all architectures that are variants of BERT:
///   h = dropout(LN(word + position + type))
///   per layer: a = LN(dropout(W_o attention(W_qkv h)) + h);  h = LN(dropout(W_2 gelu(W_1 a)) + a)
/// Query, key and value are one fused projection [3H, H] in memory and three tensors on disk.
class Encoder {
 public:
  Encoder(const EncoderConfig& config, const EncoderNames& names);

  /// -> [T, H]. `batch` must live until the tape has run. What goes into each layer is appended to `layers`, if given.
  /// REQUIRES: ids below vocab_size, sequences no longer than max_tokens().
  Var forward(Execution& run, const PackedBatch& batch, std::vector<Var>* layers = nullptr) const;

  /// In memory order: embeddings, then layer by layer.
  std::vector<ParameterPtr> parameters() const;
  const EncoderConfig& config() const { return config_; }

 private:
  struct Layer {
    ParameterPtr qkv_weight, qkv_bias;              // [3H, H], [3H]
    ParameterPtr attention_weight, attention_bias;  // [H, H], [H]
    ParameterPtr attention_norm_weight, attention_norm_bias;
    ParameterPtr intermediate_weight, intermediate_bias;  // [I, H], [I]
    ParameterPtr output_weight, output_bias;              // [H, I], [H]
    ParameterPtr output_norm_weight, output_norm_bias;
  };

  Var embed(Execution& run, const PackedBatch& batch) const;
  Var forward_layer(Execution& run, const Layer& layer, const Var& hidden, const PackedBatch& batch) const;

  EncoderConfig config_;
  ParameterPtr word_, position_, type_;  // type_ or null
  ParameterPtr embeddings_norm_weight_, embeddings_norm_bias_;
  std::vector<Layer> layers_;
};

}  // namespace sbert::nn
