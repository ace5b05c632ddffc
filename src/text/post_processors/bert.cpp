#include "text/post_processors/registry.h"

namespace sbert::text {

/// [CLS] A [SEP] and [CLS] A [SEP] B [SEP], all of the second sequence with type id 1.
PostProcessor make_bert_processing(const Json& config, const std::string& where) {
  using Kind = PostProcessor::Part::Kind;
  const auto cls = special_part(config, "cls", 0, where);
  const auto sep = special_part(config, "sep", 0, where);
  const auto last_sep = special_part(config, "sep", 1, where);
  return {{cls, {Kind::sequence_a, 0}, sep}, {cls, {Kind::sequence_a, 0}, sep, {Kind::sequence_b, 1}, last_sep}};
}

}  // namespace sbert::text
