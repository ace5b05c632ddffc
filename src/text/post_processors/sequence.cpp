#include <algorithm>

#include "text/post_processors/registry.h"

namespace sbert::text {

/// In practice ByteLevel, which trims, and one that puts special tokens around; two of the latter have no meaning.
PostProcessor make_post_processor_sequence(const Json& config, const std::string& where) {
  const auto list = json_required<Json>(config, "processors", where);
  if (!list.is_array()) fail(ErrorCode::corrupt_data, where, ": 'processors' should be a list");
  PostProcessor out = default_post_processor();
  bool arranged = false;
  for (const Json& item : list) {
    if (item.is_null()) fail(ErrorCode::corrupt_data, where, ": 'processors' holds a null");
    PostProcessor step = make_post_processor(item, where);
    if (step.trim_offsets && !out.trim_offsets) {
      out.trim_offsets = true;
      out.add_prefix_space = step.add_prefix_space;
    }
    if (json_required<std::string>(item, "type", where) == "ByteLevel") continue;
    if (arranged) fail(ErrorCode::unsupported, where, ": more than one processor that adds special tokens");
    arranged = true;
    out.single = std::move(step.single);
    out.pair = std::move(step.pair);
  }
  return out;
}

}  // namespace sbert::text
