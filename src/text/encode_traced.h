#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "text/pipeline.h"

namespace sbert::text {

struct TracedInput {
  std::array<std::string_view, 2> texts;
  bool is_pair = false;
  /// Tokens of both texts together, at most.
  size_t limit = 0;
  /// Tokens that a window shares with the one before it; nothing: only the window that `limit` keeps is wanted.
  std::optional<size_t> stride;
};

/// Encodings of one or two texts with where their tokens come from: first what is kept, then the windows with what was
/// left out, in the order of the reference. THROWS: invalid_argument.
std::vector<TracedEncoding> encode_traced(const Pipeline& pipeline, Workspace& workspace, const TracedInput& input,
                                          const TokenizeOptions& options, OffsetUnit unit);

}  // namespace sbert::text
