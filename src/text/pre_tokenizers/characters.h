#pragma once

#include <vector>

#include "text/pattern.h"
#include "text/pieces.h"
#include "text/utf8.h"

namespace sbert::text {

/// Splits each piece at the characters that `matches(c)` picks.
template <class Matches>
void split_at_characters(Pieces& pieces, SplitBehavior behavior, Matches matches) {
  std::vector<Match> parts;
  pieces.split([&](std::string_view piece, auto keep) {
    parts.clear();
    size_t done = 0;
    for (size_t at = 0; at < piece.size();) {
      const CodePoint point = decode_utf8(piece, at);
      const size_t next = at + point.size;
      if (matches(point.value)) {
        if (done < at) parts.push_back({{done, at}, false});
        parts.push_back({{at, next}, true});
        done = next;
      }
      at = next;
    }
    if (done < piece.size()) parts.push_back({{done, piece.size()}, false});
    apply(behavior, parts);
    for (const Match& part : parts)
      keep(part.span.begin, part.span.end);
  });
}

}  // namespace sbert::text
