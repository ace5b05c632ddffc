#include "text/post_processors/registry.h"

namespace sbert::text {

/// Only trims offsets.
PostProcessor make_byte_level_processing(const Json& config, const std::string& where) {
  PostProcessor out = default_post_processor();
  out.trim_offsets = json_required<bool>(config, "trim_offsets", where);
  out.add_prefix_space = json_required<bool>(config, "add_prefix_space", where);
  return out;
}

}  // namespace sbert::text
