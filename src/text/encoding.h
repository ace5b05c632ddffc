#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "text/tracked_text.h"

namespace sbert::text {

/// Token ids of a text, or of a pair of texts.
struct Encoding {
  std::vector<int32_t> ids;
  std::vector<int32_t> type_ids;  ///< as many as `ids`
  bool truncated = false;         ///< Whether tokens were left out for `max_length`.
};

/// An encoding that knows where its tokens come from. All lists are as long as `ids`.
struct TracedEncoding : Encoding {
  /// Where in its text each token is; {0, 0} for special tokens put around it.
  std::vector<Span> offsets;
  /// Which word (piece of the pre-tokenizer) of its text it belongs to; -1 for special tokens put around it.
  std::vector<int32_t> word_ids;
  /// 0 for tokens of the first text, 1 for those of the second, -1 for special tokens put around them.
  std::vector<int32_t> sequence_ids;
};

/// Where to take tokens from when a pair of texts is too long.
enum class TruncationStrategy {
  longest_first,  ///< The longer one, until both are equally long.
  only_first,
  only_second,
};

/// Which end of a text is cut off.
enum class TruncationSide { right, left };

struct EncodeOptions {
  size_t max_length = 0;  ///< Tokens at most, special ones included; 0: no limit.
  bool add_special_tokens = true;
  TruncationStrategy truncation_strategy = TruncationStrategy::longest_first;
  TruncationSide truncation_side = TruncationSide::right;
};

/// What offsets count: characters as in Python, or bytes of the UTF-8 text; whole characters in either case.
enum class OffsetUnit { characters, bytes };

struct DecodeOptions {
  bool skip_special_tokens = false;
  /// Takes out spaces before punctuation and English contractions afterwards.
  bool clean_up_tokenization_spaces = false;
};

}  // namespace sbert::text
