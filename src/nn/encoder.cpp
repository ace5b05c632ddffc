#include "nn/encoder.h"

#include "tensor/ops/activation.h"
#include "tensor/ops/attention.h"
#include "tensor/ops/embedding.h"
#include "tensor/ops/layer_norm.h"
#include "tensor/ops/linear.h"

namespace sbert::nn {
namespace {

std::string in_layer(const std::string& name, int64_t layer) {
  const size_t at = name.find("{}");
  return name.substr(0, at) + std::to_string(layer) + name.substr(at + 2);
}

Parameter::Part weight_part(const std::string& name, int64_t out, int64_t in) {
  return {name + ".weight", {out, in}};
}
Parameter::Part bias_part(const std::string& name, int64_t out) {
  return {name + ".bias", {out}};
}

ParameterPtr norm_weight(const std::string& name, int64_t size) {
  return make_bias({{name + ".weight", {size}}});
}
ParameterPtr norm_bias(const std::string& name, int64_t size) {
  return make_bias({bias_part(name, size)});
}

}  // namespace

Encoder::Encoder(const EncoderConfig& config, const EncoderNames& names) : config_(config) {
  const int64_t hidden = config.hidden_size;
  const int64_t inner = config.intermediate_size;
  word_ = make_embedding(weight_part(names.word_embeddings, config.vocab_size, hidden));
  position_ = make_embedding(weight_part(names.position_embeddings, config.max_position_embeddings, hidden));
  if (config.type_vocab_size > 0) {
    type_ = make_embedding(weight_part(names.token_type_embeddings, config.type_vocab_size, hidden));
  }
  embeddings_norm_weight_ = norm_weight(names.embeddings_norm, hidden);
  embeddings_norm_bias_ = norm_bias(names.embeddings_norm, hidden);
  for (int64_t i = 0; i < config.num_hidden_layers; ++i) {
    const auto name = [i](const std::string& pattern) { return in_layer(pattern, i); };
    Layer layer;
    layer.qkv_weight =
        make_weight({weight_part(name(names.query), hidden, hidden), weight_part(name(names.key), hidden, hidden),
                     weight_part(name(names.value), hidden, hidden)});
    layer.qkv_bias = make_bias({bias_part(name(names.query), hidden), bias_part(name(names.key), hidden),
                                bias_part(name(names.value), hidden)});
    layer.attention_weight = make_weight({weight_part(name(names.attention_output), hidden, hidden)});
    layer.attention_bias = make_bias({bias_part(name(names.attention_output), hidden)});
    layer.attention_norm_weight = norm_weight(name(names.attention_norm), hidden);
    layer.attention_norm_bias = norm_bias(name(names.attention_norm), hidden);
    layer.intermediate_weight = make_weight({weight_part(name(names.intermediate), inner, hidden)});
    layer.intermediate_bias = make_bias({bias_part(name(names.intermediate), inner)});
    layer.output_weight = make_weight({weight_part(name(names.output), hidden, inner)});
    layer.output_bias = make_bias({bias_part(name(names.output), hidden)});
    layer.output_norm_weight = norm_weight(name(names.output_norm), hidden);
    layer.output_norm_bias = norm_bias(name(names.output_norm), hidden);
    layers_.push_back(std::move(layer));
  }
}

Var Encoder::embed(Execution& run, const PackedBatch& batch) const {
  std::vector<int32_t> positions;
  positions.reserve(batch.ids.size());
  for (int64_t i = 0; i < batch.sequences(); ++i) {
    for (int64_t t = 0; t < batch.length(i); ++t)
      positions.push_back(static_cast<int32_t>(config_.position_offset + t));
  }
  std::vector<EmbeddingTerm> terms{{word_, batch.ids}};
  // Python adds token types before positions; the order of the sum decides its last bit.
  if (type_ != nullptr) {
    terms.push_back({type_, batch.type_ids.empty() ? std::vector<int32_t>(batch.ids.size(), 0) : batch.type_ids});
  }
  terms.push_back({position_, std::move(positions)});
  const Var sum = embedding_sum(run, terms);
  const Var normed =
      add_layer_norm(run, sum, nullptr, embeddings_norm_weight_, embeddings_norm_bias_, config_.layer_norm_eps, 0);
  return dropout(run, normed, config_.hidden_dropout);
}

Var Encoder::forward_layer(Execution& run, const Layer& layer, const Var& hidden, const PackedBatch& batch) const {
  const Var qkv = linear(run, hidden, layer.qkv_weight, layer.qkv_bias);
  const Var context = sbert::attention(run, qkv, batch, config_.num_attention_heads, config_.attention_dropout);
  const Var projected = linear(run, context, layer.attention_weight, layer.attention_bias);
  const Var attended = add_layer_norm(run, projected, hidden, layer.attention_norm_weight, layer.attention_norm_bias,
                                      config_.layer_norm_eps, config_.hidden_dropout);
  const Var inner = linear_gelu(run, attended, layer.intermediate_weight, layer.intermediate_bias);
  const Var outer = linear(run, inner, layer.output_weight, layer.output_bias);
  return add_layer_norm(run, outer, attended, layer.output_norm_weight, layer.output_norm_bias, config_.layer_norm_eps,
                        config_.hidden_dropout);
}

Var Encoder::forward(Execution& run, const PackedBatch& batch, std::vector<Var>* layers) const {
  Var hidden = embed(run, batch);
  for (const Layer& layer : layers_) {
    if (layers != nullptr) layers->push_back(hidden);
    hidden = forward_layer(run, layer, hidden, batch);
  }
  return hidden;
}

std::vector<ParameterPtr> Encoder::parameters() const {
  std::vector<ParameterPtr> all{word_, position_};
  if (type_ != nullptr) all.push_back(type_);
  all.insert(all.end(), {embeddings_norm_weight_, embeddings_norm_bias_});
  for (const Layer& layer : layers_) {
    all.insert(all.end(), {layer.qkv_weight, layer.qkv_bias, layer.attention_weight, layer.attention_bias,
                           layer.attention_norm_weight, layer.attention_norm_bias, layer.intermediate_weight,
                           layer.intermediate_bias, layer.output_weight, layer.output_bias, layer.output_norm_weight,
                           layer.output_norm_bias});
  }
  return all;
}

}  // namespace sbert::nn
