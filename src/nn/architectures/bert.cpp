#include "base/fail.h"
#include "nn/architectures/architecture.h"

namespace sbert::nn {
namespace {

int64_t positive(const Json& config, const char* key, const std::string& where) {
  const auto value = json_required<int64_t>(config, key, where);
  // Above this, products of two sizes could overflow before a tensor's real size is compared.
  if (value <= 0 || value > (int64_t{1} << 24)) {
    fail(ErrorCode::corrupt_data, where, ": '", key, "' is ", value, ", which makes no sense");
  }
  return value;
}

double probability(const Json& config, const char* key, const std::string& where) {
  const auto value = json_value<double>(config, key, 0.1, where);
  if (!(value >= 0 && value < 1)) fail(ErrorCode::corrupt_data, where, ": '", key, "' must be in [0, 1), not ", value);
  return value;
}

EncoderConfig read_config(const Json& config, const std::string& where) {
  EncoderConfig shape;
  shape.vocab_size = positive(config, "vocab_size", where);
  shape.hidden_size = positive(config, "hidden_size", where);
  shape.num_hidden_layers = positive(config, "num_hidden_layers", where);
  shape.num_attention_heads = positive(config, "num_attention_heads", where);
  shape.intermediate_size = positive(config, "intermediate_size", where);
  shape.max_position_embeddings = positive(config, "max_position_embeddings", where);
  shape.type_vocab_size = json_value<int64_t>(config, "type_vocab_size", 2, where);
  shape.layer_norm_eps = json_value<double>(config, "layer_norm_eps", 1e-12, where);
  shape.hidden_dropout = probability(config, "hidden_dropout_prob", where);
  shape.attention_dropout = probability(config, "attention_probs_dropout_prob", where);
  if (shape.num_hidden_layers > 1000 || shape.type_vocab_size < 0 || shape.type_vocab_size > 1000) {
    fail(ErrorCode::corrupt_data, where, ": num_hidden_layers or type_vocab_size makes no sense");
  }
  if (!(shape.layer_norm_eps > 0 && shape.layer_norm_eps < 1)) {
    fail(ErrorCode::corrupt_data, where, ": 'layer_norm_eps' must be between 0 and 1, not ", shape.layer_norm_eps);
  }
  if (shape.hidden_size % shape.num_attention_heads != 0) {
    fail(ErrorCode::corrupt_data, where, ": hidden_size ", shape.hidden_size,
         " is not a multiple of num_attention_heads ", shape.num_attention_heads);
  }
  if (const auto act = json_value<std::string>(config, "hidden_act", "gelu", where); act != "gelu") {
    fail(ErrorCode::unsupported, where, ": hidden_act '", act, "' is not supported; supported: gelu");
  }
  if (const auto kind = json_value<std::string>(config, "position_embedding_type", "absolute", where);
      kind != "absolute") {
    fail(ErrorCode::unsupported, where, ": position_embedding_type '", kind, "' is not supported; supported: absolute");
  }
  return shape;
}

EncoderNames names() {
  return {.word_embeddings = "embeddings.word_embeddings",
          .position_embeddings = "embeddings.position_embeddings",
          .token_type_embeddings = "embeddings.token_type_embeddings",
          .embeddings_norm = "embeddings.LayerNorm",
          .query = "encoder.layer.{}.attention.self.query",
          .key = "encoder.layer.{}.attention.self.key",
          .value = "encoder.layer.{}.attention.self.value",
          .attention_output = "encoder.layer.{}.attention.output.dense",
          .attention_norm = "encoder.layer.{}.attention.output.LayerNorm",
          .intermediate = "encoder.layer.{}.intermediate.dense",
          .output = "encoder.layer.{}.output.dense",
          .output_norm = "encoder.layer.{}.output.LayerNorm"};
}

}  // namespace

const Architecture kBert{"bert", "bert.", read_config, names};

}  // namespace sbert::nn
