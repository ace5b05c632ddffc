#include "nn/architectures/post_norm_config.h"

#include "base/fail.h"
#include "nn/activation_names.h"

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

void require_supported(const Json& config, const char* key, const char* only, const std::string& where) {
  if (const auto value = json_value<std::string>(config, key, only, where); value != only) {
    fail(ErrorCode::unsupported, where, ": ", key, " '", value, "' is not supported; supported: ", only);
  }
}

}  // namespace

PostNormConfig read_post_norm_config(const Json& config, const std::string& where, const PostNormKeys& keys) {
  PostNormConfig read;
  EncoderShape& shape = read.shape;
  shape.vocab_size = positive(config, "vocab_size", where);
  shape.hidden_size = positive(config, keys.hidden_size, where);
  shape.layers = positive(config, keys.layers, where);
  shape.attention_heads = positive(config, keys.attention_heads, where);
  shape.intermediate_size = positive(config, keys.intermediate_size, where);
  shape.max_tokens = read.max_position_embeddings = positive(config, "max_position_embeddings", where);
  read.layer_norm_eps = json_value<double>(config, "layer_norm_eps", 1e-12, where);
  read.hidden_dropout = read.attention_output_dropout = probability(config, keys.hidden_dropout, where);
  read.attention_dropout = probability(config, keys.attention_dropout, where);
  if (shape.layers > 1000) fail(ErrorCode::corrupt_data, where, ": '", keys.layers, "' makes no sense");
  if (!(read.layer_norm_eps > 0 && read.layer_norm_eps < 1)) {
    fail(ErrorCode::corrupt_data, where, ": 'layer_norm_eps' must be between 0 and 1, not ", read.layer_norm_eps);
  }
  if (shape.hidden_size % shape.attention_heads != 0) {
    fail(ErrorCode::corrupt_data, where, ": ", keys.hidden_size, " ", shape.hidden_size, " is not a multiple of ",
         keys.attention_heads, " ", shape.attention_heads);
  }
  read.activation = activation_of_transformers(json_value<std::string>(config, keys.activation, "gelu", where),
                                               keys.activation, where);
  require_supported(config, "position_embedding_type", "absolute", where);
  return read;
}

bool read_is_decoder(const Json& config, const std::string& where) {
  return json_value(config, "is_decoder", false, where);
}

int64_t read_type_vocab_size(const Json& config, const std::string& where, int64_t missing) {
  const auto value = json_value<int64_t>(config, "type_vocab_size", missing, where);
  if (value < 0 || value > 1000) {
    fail(ErrorCode::corrupt_data, where, ": 'type_vocab_size' is ", value, ", which makes no sense");
  }
  return value;
}

int32_t read_padding_id(const Json& config, const std::string& where, int32_t missing) {
  const auto value = json_value<int64_t>(config, "pad_token_id", missing, where);
  if (value < 0 || value >= json_required<int64_t>(config, "vocab_size", where)) {
    fail(ErrorCode::corrupt_data, where, ": 'pad_token_id' is ", value, ", which is no token");
  }
  return static_cast<int32_t>(value);
}

void count_tokens_from_padding(PostNormConfig& config, const std::string& where) {
  config.positions = Positions::counted_tokens;
  config.shape.max_tokens -= *config.padding_id + 1;
  if (config.shape.max_tokens <= 0) {
    fail(ErrorCode::corrupt_data, where, ": 'max_position_embeddings' is ", config.max_position_embeddings,
         ", but positions begin behind that of padding, ", *config.padding_id);
  }
}

PostNormNames bert_names() {
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

}  // namespace sbert::nn
