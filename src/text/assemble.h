#pragma once

#include <array>
#include <span>
#include <vector>

#include "text/post_processor.h"
#include "text/traced_token.h"

namespace sbert::text {

/// Puts special tokens around the ids of one or two sequences.
Encoding assemble(const std::vector<PostProcessor::Part>& parts, std::array<std::span<const int32_t>, 2> sequences,
                  bool add_special_tokens);

/// The tokens of a text, and the text for counting its characters.
struct TracedSequence {
  std::vector<TracedToken> tokens;
  std::string_view text;
};

/// The same for the windows [begin, end) of two traced sequences.
class TracedAssembler {
 public:
  TracedAssembler(const PostProcessor& processor, const std::vector<PostProcessor::Part>& parts,
                  const std::array<TracedSequence, 2>& sequences, bool add_special_tokens, OffsetUnit unit);

  TracedEncoding assemble(std::array<Span, 2> windows) const;

 private:
  Span trimmed(const TracedToken& token, bool first, size_t sequence) const;
  void append(size_t sequence, Span window, int32_t type_id, TracedEncoding& out) const;

  const PostProcessor& processor_;
  const std::vector<PostProcessor::Part>& parts_;
  const std::array<TracedSequence, 2>& sequences_;
  bool add_special_tokens_;
  OffsetUnit unit_;
  /// For each byte of a text, which character it belongs to; for each character, where it begins. Both end with the
  /// end.
  std::array<std::vector<size_t>, 2> character_of_byte_, byte_of_character_;
};

}  // namespace sbert::text
