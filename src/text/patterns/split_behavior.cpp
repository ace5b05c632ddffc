#include <algorithm>
#include <array>
#include <utility>

#include "text/pattern.h"

namespace sbert::text {

namespace {

/// Joins each part to the one before it (in the given direction) wherever `joins(part, previous was a match)`.
template <class Joins>
void join(std::vector<Match>& parts, Joins joins) {
  size_t kept = 0;
  bool previous_matched = false;
  for (const Match part : parts) {
    if (kept > 0 && joins(part.matched, previous_matched)) {
      Span& last = parts[kept - 1].span;
      last = {std::min(last.begin, part.span.begin), std::max(last.end, part.span.end)};
    } else {
      parts[kept++] = part;
    }
    previous_matched = part.matched;
  }
  parts.resize(kept);
}

}  // namespace

void apply(SplitBehavior behavior, std::vector<Match>& parts) {
  const auto joins_other = [](bool matched, bool previous_matched) { return matched && !previous_matched; };
  switch (behavior) {
    case SplitBehavior::removed:
      std::erase_if(parts, [](const Match& part) { return part.matched; });
      break;
    case SplitBehavior::isolated:
      break;
    case SplitBehavior::contiguous:
      join(parts, [](bool matched, bool previous_matched) { return matched == previous_matched; });
      break;
    case SplitBehavior::merged_with_previous:
      join(parts, joins_other);
      break;
    case SplitBehavior::merged_with_next:
      std::ranges::reverse(parts);
      join(parts, joins_other);
      std::ranges::reverse(parts);
      break;
  }
}

SplitBehavior read_split_behavior(const Json& config, const char* key, const std::string& where) {
  constexpr std::array<std::pair<std::string_view, SplitBehavior>, 5> names = {{
      {"Removed", SplitBehavior::removed},
      {"Isolated", SplitBehavior::isolated},
      {"MergedWithPrevious", SplitBehavior::merged_with_previous},
      {"MergedWithNext", SplitBehavior::merged_with_next},
      {"Contiguous", SplitBehavior::contiguous},
  }};
  const auto wanted = json_required<std::string>(config, key, where);
  for (const auto& [name, behavior] : names) {
    if (name == wanted) return behavior;
  }
  fail(ErrorCode::corrupt_data, where, ": '", key, "' is '", wanted, "', which is not a way to split");
}

}  // namespace sbert::text
