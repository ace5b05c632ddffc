#include "nn/architectures/architecture.h"
#include "nn/architectures/post_norm_config.h"

namespace sbert::nn {
namespace {

/// RoBERTa (Liu et al. 2019) is BERT whose positions begin behind padding's; XLM-R and CamemBERT are RoBERTa with
/// other words.
std::unique_ptr<Encoder> make_roberta(const Json& config, const std::string& where) {
  PostNormConfig shape = read_post_norm_config(config, where);
  shape.causal = read_is_decoder(config, where);
  shape.type_vocab_size = read_type_vocab_size(config, where, 2);
  shape.padding_id = read_padding_id(config, where, 1);
  count_tokens_from_padding(shape, where);
  return std::make_unique<PostNormEncoder>(shape, bert_names());
}

}  // namespace

const Architecture kRoberta{"roberta", "roberta.", make_roberta};
const Architecture kXlmRoberta{"xlm-roberta", "roberta.", make_roberta};
const Architecture kCamembert{"camembert", "roberta.", make_roberta};

}  // namespace sbert::nn
