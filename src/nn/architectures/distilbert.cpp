#include "nn/architectures/architecture.h"
#include "nn/architectures/post_norm_config.h"

namespace sbert::nn {
namespace {

PostNormNames distilbert_names() {
  return {.word_embeddings = "embeddings.word_embeddings",
          .position_embeddings = "embeddings.position_embeddings",
          .token_type_embeddings = "",
          .embeddings_norm = "embeddings.LayerNorm",
          .query = "transformer.layer.{}.attention.q_lin",
          .key = "transformer.layer.{}.attention.k_lin",
          .value = "transformer.layer.{}.attention.v_lin",
          .attention_output = "transformer.layer.{}.attention.out_lin",
          .attention_norm = "transformer.layer.{}.sa_layer_norm",
          .intermediate = "transformer.layer.{}.ffn.lin1",
          .output = "transformer.layer.{}.ffn.lin2",
          .output_norm = "transformer.layer.{}.output_layer_norm"};
}

/// DistilBERT (Sanh et al. 2019): no token types, and what attention adds is not dropped out.
std::unique_ptr<Encoder> make_distilbert(const Json& config, const std::string& where) {
  PostNormConfig shape = read_post_norm_config(config, where,
                                               {.hidden_size = "dim",
                                                .layers = "n_layers",
                                                .attention_heads = "n_heads",
                                                .intermediate_size = "hidden_dim",
                                                .activation = "activation",
                                                .hidden_dropout = "dropout",
                                                .attention_dropout = "attention_dropout"});
  shape.layer_norm_eps = 1e-12;
  shape.attention_output_dropout = 0;
  shape.padding_id = read_padding_id(config, where, 0);
  return std::make_unique<PostNormEncoder>(shape, distilbert_names());
}

}  // namespace

const Architecture kDistilbert{"distilbert", "distilbert.", make_distilbert};

}  // namespace sbert::nn
