#include "nn/post_norm_encoder.h"

#include "nn/relative_position.h"
#include "tensor/ops/activation.h"
#include "tensor/ops/attention.h"
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

std::vector<int32_t> position_rows(const PostNormConfig& config, const PackedBatch& batch) {
  std::vector<int32_t> rows;
  rows.reserve(batch.ids.size());
  const bool skip_padding = config.positions == Positions::counted_tokens;
  const int32_t padding = config.padding_id.value_or(0);
  for (int64_t i = 0; i < batch.sequences(); ++i) {
    int32_t next = skip_padding ? padding + 1 : 0;
    for (int64_t t = batch.begin(i); t < batch.begin(i + 1); ++t) {
      rows.push_back(skip_padding && batch.ids[static_cast<size_t>(t)] == padding ? padding : next++);
    }
  }
  return rows;
}

}  // namespace

PostNormEncoder::PostNormEncoder(const PostNormConfig& config, const PostNormNames& names) : config_(config) {
  const EncoderShape& shape = config.shape;
  word_ = make_embedding(weight_part(names.word_embeddings, shape.vocab_size, shape.hidden_size));
  position_ = make_embedding(weight_part(names.position_embeddings, config.max_position_embeddings, shape.hidden_size));
  if (config.type_vocab_size > 0) {
    type_ = make_embedding(weight_part(names.token_type_embeddings, config.type_vocab_size, shape.hidden_size));
  }
  embeddings_norm_weight_ = norm_weight(names.embeddings_norm, shape.hidden_size);
  embeddings_norm_bias_ = norm_bias(names.embeddings_norm, shape.hidden_size);
  if (config.relative_buckets > 0) {
    // Called a bias, so that weight decay leaves it alone, as Python's does everything with that word in its name.
    relative_ = make_bias({weight_part(names.relative_bias, config.relative_buckets, shape.attention_heads)});
  }
  for (int64_t i = 0; i < shape.layers; ++i)
    layers_.push_back(make_layer(shape, names, i));
}

PostNormEncoder::Layer PostNormEncoder::make_layer(const EncoderShape& shape, const PostNormNames& names,
                                                   int64_t number) {
  const int64_t hidden = shape.hidden_size;
  const int64_t inner = shape.intermediate_size;
  const auto name = [number](const std::string& pattern) { return in_layer(pattern, number); };
  Layer layer;
  layer.qkv_weight =
      make_weight({weight_part(name(names.query), hidden, hidden), weight_part(name(names.key), hidden, hidden),
                   weight_part(name(names.value), hidden, hidden)});
  layer.qkv_bias = make_bias(
      {bias_part(name(names.query), hidden), bias_part(name(names.key), hidden), bias_part(name(names.value), hidden)});
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
  return layer;
}

std::vector<EmbeddingTerm> PostNormEncoder::embedding_terms(const PackedBatch& batch) const {
  const int32_t fixed = config_.padding_id.value_or(-1);
  std::vector<EmbeddingTerm> terms{{.table = word_, .ids = batch.ids, .fixed_row = fixed}};
  // Python adds token types before positions; the order of the sum decides its last bit.
  if (type_ != nullptr) {
    terms.push_back({type_, batch.type_ids.empty() ? std::vector<int32_t>(batch.ids.size(), 0) : batch.type_ids});
  }
  terms.push_back({.table = position_,
                   .ids = position_rows(config_, batch),
                   .fixed_row = config_.positions == Positions::counted_tokens ? fixed : -1});
  return terms;
}

/// What attention adds to the scores of two tokens at each distance, or null.
Var PostNormEncoder::position_bias(Execution& run, int64_t longest) const {
  if (config_.causal) return causal_bias(config_.shape.attention_heads, longest, word_->value.dtype());
  if (relative_ == nullptr) return nullptr;
  return relative_bias(run, relative_, relative_buckets(longest, config_.relative_buckets));
}

Var PostNormEncoder::forward_layer(Execution& run, const Layer& layer, const Var& hidden, const PackedBatch& batch,
                                   const Var& bias) const {
  const double eps = config_.layer_norm_eps;
  const Var qkv = linear(run, hidden, layer.qkv_weight, layer.qkv_bias);
  const Var context = attention(run, qkv, batch, config_.shape.attention_heads, config_.attention_dropout, bias);
  const Var projected = linear(run, context, layer.attention_weight, layer.attention_bias);
  const Var attended = add_layer_norm(run, projected, hidden, layer.attention_norm_weight, layer.attention_norm_bias,
                                      eps, config_.attention_output_dropout);
  const Var inner =
      linear_activation(run, attended, layer.intermediate_weight, layer.intermediate_bias, config_.activation);
  const Var outer = linear(run, inner, layer.output_weight, layer.output_bias);
  return add_layer_norm(run, outer, attended, layer.output_norm_weight, layer.output_norm_bias, eps,
                        config_.hidden_dropout);
}

Var PostNormEncoder::forward(Execution& run, const PackedBatch& batch, std::vector<Var>* layers) const {
  const Var sum = embedding_sum(run, embedding_terms(batch));
  const Var normed =
      add_layer_norm(run, sum, nullptr, embeddings_norm_weight_, embeddings_norm_bias_, config_.layer_norm_eps, 0);
  Var hidden = dropout(run, normed, config_.hidden_dropout);
  const Var bias = position_bias(run, batch.longest());
  for (const Layer& layer : layers_) {
    if (layers != nullptr) layers->push_back(hidden);
    hidden = forward_layer(run, layer, hidden, batch, bias);
  }
  if (layers != nullptr) layers->push_back(hidden);
  return hidden;
}

std::vector<ParameterPtr> PostNormEncoder::parameters() const {
  std::vector<ParameterPtr> all{word_, position_};
  if (type_ != nullptr) all.push_back(type_);
  all.insert(all.end(), {embeddings_norm_weight_, embeddings_norm_bias_});
  if (relative_ != nullptr) all.push_back(relative_);
  for (const Layer& layer : layers_) {
    all.insert(all.end(), {layer.qkv_weight, layer.qkv_bias, layer.attention_weight, layer.attention_bias,
                           layer.attention_norm_weight, layer.attention_norm_bias, layer.intermediate_weight,
                           layer.intermediate_bias, layer.output_weight, layer.output_bias, layer.output_norm_weight,
                           layer.output_norm_bias});
  }
  return all;
}

}  // namespace sbert::nn
