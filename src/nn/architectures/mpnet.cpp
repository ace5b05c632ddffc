#include "base/fail.h"
#include "nn/architectures/architecture.h"
#include "nn/architectures/post_norm_config.h"

namespace sbert::nn {
namespace {

/// Whatever config.json says: Python has these numbers in its code.
constexpr int32_t kPaddingId = 1;
constexpr int64_t kUsedBuckets = 32;

PostNormNames mpnet_names() {
  PostNormNames names = bert_names();
  names.relative_bias = "encoder.relative_attention_bias";
  names.query = "encoder.layer.{}.attention.attn.q";
  names.key = "encoder.layer.{}.attention.attn.k";
  names.value = "encoder.layer.{}.attention.attn.v";
  names.attention_output = "encoder.layer.{}.attention.attn.o";
  names.attention_norm = "encoder.layer.{}.attention.LayerNorm";
  return names;
}

/// MPNet (Song et al. 2020): RoBERTa's positions, no token types, and a bias by relative position that all layers
/// share.
std::unique_ptr<Encoder> make_mpnet(const Json& config, const std::string& where) {
  PostNormConfig shape = read_post_norm_config(config, where);
  shape.padding_id = kPaddingId;
  count_tokens_from_padding(shape, where);
  shape.relative_buckets = json_value<int64_t>(config, "relative_attention_num_buckets", kUsedBuckets, where);
  if (shape.relative_buckets != kUsedBuckets) {
    fail(ErrorCode::unsupported, where, ": relative_attention_num_buckets ", shape.relative_buckets,
         " is not supported; supported: ", kUsedBuckets);
  }
  return std::make_unique<PostNormEncoder>(shape, mpnet_names());
}

}  // namespace

const Architecture kMpnet{"mpnet", "mpnet.", make_mpnet};

}  // namespace sbert::nn
