#include "text/post_processors/registry.h"

namespace sbert::text {

/// <s> A </s> and <s> A </s> </s> B </s>, all with type id 0.
PostProcessor make_roberta_processing(const Json& config, const std::string& where) {
  using Kind = PostProcessor::Part::Kind;
  const auto cls = special_part(config, "cls", 0, where);
  const auto sep = special_part(config, "sep", 0, where);
  PostProcessor out{{cls, {Kind::sequence_a, 0}, sep},
                    {cls, {Kind::sequence_a, 0}, sep, sep, {Kind::sequence_b, 0}, sep}};
  out.trim_offsets = json_required<bool>(config, "trim_offsets", where);
  out.add_prefix_space = json_required<bool>(config, "add_prefix_space", where);
  return out;
}

}  // namespace sbert::text
