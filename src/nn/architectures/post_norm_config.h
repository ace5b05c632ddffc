#pragma once

#include <string>

#include "base/json.h"
#include "nn/post_norm_encoder.h"

namespace sbert::nn {

/// What the variants of BERT call the same things in config.json.
struct PostNormKeys {
  const char* hidden_size = "hidden_size";
  const char* layers = "num_hidden_layers";
  const char* attention_heads = "num_attention_heads";
  const char* intermediate_size = "intermediate_size";
  const char* activation = "hidden_act";
  const char* hidden_dropout = "hidden_dropout_prob";
  const char* attention_dropout = "attention_probs_dropout_prob";
};

/// Reads what all variants have, checking every number; positions are counted from 0, there are no token types.
/// THROWS: corrupt_data, unsupported, naming `where` and the key.
PostNormConfig read_post_norm_config(const Json& config, const std::string& where, const PostNormKeys& keys = {});

/// Whether each token attends to those before it only, as in a decoder. DistilBERT and MPNet have no such switch.
bool read_is_decoder(const Json& config, const std::string& where);

/// The number of token types that `config` says, `missing` if it says none.
int64_t read_type_vocab_size(const Json& config, const std::string& where, int64_t missing);

/// "pad_token_id"; as in Python, `missing` if it is not there.
int32_t read_padding_id(const Json& config, const std::string& where, int32_t missing);

/// From here on as RoBERTa counts positions: behind those that padding has.
void count_tokens_from_padding(PostNormConfig& shape, const std::string& where);

/// BERT's own names of tensors, which its variants mostly keep.
PostNormNames bert_names();

}  // namespace sbert::nn
