#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"

namespace sbert::text {

/// Last step of a tokenizer: which special tokens stand around the one or two sequences of tokens, in which order, and
/// the type id of each part. Every post-processor of a tokenizer.json comes down to this.
struct PostProcessor {
  struct Part {
    enum class Kind { sequence_a, sequence_b, special } kind;
    int32_t type_id = 0;
    int32_t id = 0;          // of a special token
    std::string token = {};  // of a special token
  };

  std::vector<Part> single, pair;

  /// Byte-level tokens begin with the space before a word; whether it is taken out of their offsets. With
  /// `add_prefix_space` the one that the tokenizer itself put before the text is not.
  bool trim_offsets = false;
  bool add_prefix_space = false;

  static size_t special_count(const std::vector<Part>& parts);
};

/// What happens without a post-processor: the sequences alone, the second one with type id 1.
PostProcessor default_post_processor();

/// Makes what `config` describes, the default for null. THROWS: corrupt_data, unsupported for a type this library does
/// not know.
PostProcessor make_post_processor(const Json& config, const std::string& where);

}  // namespace sbert::text
