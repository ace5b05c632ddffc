#include "nn/architectures/architecture.h"
#include "nn/architectures/post_norm_config.h"

namespace sbert::nn {
namespace {

std::unique_ptr<Encoder> make_bert(const Json& config, const std::string& where) {
  PostNormConfig shape = read_post_norm_config(config, where);
  shape.causal = read_is_decoder(config, where);
  shape.type_vocab_size = read_type_vocab_size(config, where, 2);
  shape.padding_id = read_padding_id(config, where, 0);
  return std::make_unique<PostNormEncoder>(shape, bert_names());
}

}  // namespace

const Architecture kBert{"bert", "bert.", make_bert};

}  // namespace sbert::nn
