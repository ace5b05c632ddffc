#pragma once

#include <array>
#include <vector>

#include "text/tracked_text.h"

namespace sbert::text {

/// How many tokens of each of two sequences stay if both together may have `limit`; the second may be empty.
/// THROWS: invalid_argument if the strategy may not take as many as it would have to.
std::array<size_t, 2> truncated_lengths(std::array<size_t, 2> lengths, size_t limit, TruncationStrategy strategy);

/// The tokens that stay of a sequence of `length` if there may be `limit`.
Span kept_tokens(size_t length, size_t limit, TruncationSide side);

/// Windows of `limit` tokens (what `kept_tokens` says is the first), each with `stride` tokens of the one before, until
/// the sequence is covered. With a `limit` of 0: nothing, then everything. REQUIRES: stride < limit, or limit = 0.
std::vector<Span> token_windows(size_t length, size_t limit, size_t stride, TruncationSide side);

}  // namespace sbert::text
