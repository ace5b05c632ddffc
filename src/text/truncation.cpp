#include "text/truncation.h"

#include <algorithm>

#include "base/fail.h"

namespace sbert::text {

namespace {

/// The shorter side stays whole if it fits into half of the room; the odd token goes to the longer one.
std::array<size_t, 2> longest_first(std::array<size_t, 2> lengths, size_t limit) {
  const size_t shorter = std::min(lengths[0], lengths[1]);
  size_t few = shorter, many = shorter > limit ? shorter : std::max(shorter, limit - shorter);
  if (few + many > limit) {
    few = limit / 2;
    many = few + limit % 2;
  }
  const bool first_is_longer = lengths[0] > lengths[1];
  return first_is_longer ? std::array{many, few} : std::array{few, many};
}

}  // namespace

std::array<size_t, 2> truncated_lengths(std::array<size_t, 2> lengths, size_t limit, TruncationStrategy strategy) {
  const size_t total = lengths[0] + lengths[1];
  if (limit == 0) return {0, 0};
  if (total <= limit) return lengths;
  if (strategy == TruncationStrategy::longest_first) return longest_first(lengths, limit);
  const size_t target = strategy == TruncationStrategy::only_first ? 0 : 1;
  const size_t surplus = total - limit;
  if (lengths[target] <= surplus) {
    fail(ErrorCode::invalid_argument, "the ", target == 0 ? "first" : "second", " text has ", lengths[target],
         " tokens, too few to take ", surplus, " from it alone; truncate the longest first");
  }
  lengths[target] -= surplus;
  return lengths;
}

Span kept_tokens(size_t length, size_t limit, TruncationSide side) {
  if (length <= limit) return {0, length};
  return side == TruncationSide::right ? Span{0, limit} : Span{length - limit, length};
}

std::vector<Span> token_windows(size_t length, size_t limit, size_t stride, TruncationSide side) {
  if (length <= limit) return {{0, length}};
  if (limit == 0) return {{0, 0}, {0, length}};
  std::vector<Span> windows{kept_tokens(length, limit, side)};
  const size_t step = limit - stride;
  while (side == TruncationSide::right ? windows.back().end < length : windows.back().begin > 0) {
    const Span last = windows.back();
    if (side == TruncationSide::right) {
      windows.push_back({last.begin + step, std::min(last.begin + step + limit, length)});
    } else {
      const size_t end = last.end - step;
      windows.push_back({end - std::min(end, limit), end});
    }
  }
  return windows;
}

}  // namespace sbert::text
