#pragma once

#include <optional>
#include <string>

#include "nn/encoder.h"
#include "tensor/ops/activation.h"
#include "tensor/ops/embedding.h"

namespace sbert::nn {

/// How a token's row in the table of positions is found.
enum class Positions {
  counted,         ///< 0, 1, 2, ...
  counted_tokens,  ///< padding_id + 1 and so on; a padding token in a text has row padding_id and is not counted
};

/// What distinguishes one variant of BERT from another.
struct PostNormConfig {
  EncoderShape shape{};
  int64_t max_position_embeddings = 0;
  int64_t type_vocab_size = 0;          ///< 0: no token types
  int64_t relative_buckets = 0;         ///< 0: attention has no bias by relative position
  std::optional<int32_t> padding_id{};  ///< its embedding is never trained
  Positions positions = Positions::counted;
  Activation activation = Activation::gelu;
  bool causal = false;  ///< a token attends to itself and those before it only
  double layer_norm_eps = 1e-12;
  double hidden_dropout = 0.1;            ///< of embeddings and of what each layer ends with
  double attention_dropout = 0.1;         ///< of attention weights
  double attention_output_dropout = 0.1;  ///< of what attention adds to its input
};

/// What an architecture calls its tensors on disk. "{}" stands for the layer's number; ".weight" and ".bias" are added.
struct PostNormNames {
  std::string word_embeddings, position_embeddings, token_type_embeddings, embeddings_norm;
  std::string relative_bias{};
  std::string query, key, value, attention_output, attention_norm;
  std::string intermediate, output, output_norm;
};

/// Post-norm transformer encoder (Devlin et al. 2019), written once for all architectures that are variants of BERT:
///   h = dropout(LN(word + position + type))
///   per layer: a = LN(dropout(W_o attention(W_qkv h)) + h);  h = LN(dropout(W_2 activation(W_1 a)) + a)
/// Query, key and value are one fused projection [3H, H] in memory and three tensors on disk. With relative buckets,
/// attention adds b[bucket(j - i), head] to its scaled scores, the same in every layer (Raffel et al. 2020); a causal
/// one adds -infinity for j > i.
class PostNormEncoder : public Encoder {
 public:
  PostNormEncoder(const PostNormConfig& config, const PostNormNames& names);

  const EncoderShape& shape() const override { return config_.shape; }
  Var forward(Execution& run, const PackedBatch& batch, std::vector<Var>* layers) const override;
  std::vector<ParameterPtr> parameters() const override;

 private:
  struct Layer {
    ParameterPtr qkv_weight, qkv_bias;              // [3H, H], [3H]
    ParameterPtr attention_weight, attention_bias;  // [H, H], [H]
    ParameterPtr attention_norm_weight, attention_norm_bias;
    ParameterPtr intermediate_weight, intermediate_bias;  // [I, H], [I]
    ParameterPtr output_weight, output_bias;              // [H, I], [H]
    ParameterPtr output_norm_weight, output_norm_bias;
  };

  static Layer make_layer(const EncoderShape& shape, const PostNormNames& names, int64_t number);
  std::vector<EmbeddingTerm> embedding_terms(const PackedBatch& batch) const;
  Var position_bias(Execution& run, int64_t longest) const;
  Var forward_layer(Execution& run, const Layer& layer, const Var& hidden, const PackedBatch& batch,
                    const Var& bias) const;

  PostNormConfig config_;
  ParameterPtr word_, position_, type_;  // type_ or null
  ParameterPtr embeddings_norm_weight_, embeddings_norm_bias_;
  ParameterPtr relative_;  // [buckets, heads], or null
  std::vector<Layer> layers_;
};

}  // namespace sbert::nn
