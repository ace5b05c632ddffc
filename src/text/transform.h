#pragma once

#include <optional>
#include <vector>

#include "text/tracked_text.h"

namespace sbert::text {

/// A character of the new text and how it relates to the old one: 0 replaces a character, 1 was not there before, -n
/// replaces a character and the n that follow it. The offsets of Hugging Face's tokenizers follow from the order of
/// these numbers alone, also where characters were moved or a replacement does not line up with what it replaces.
struct Change {
  char32_t c;
  int added;
};

/// Makes `changes` the new text.
template <class Changes>
void transform(TrackedText& text, const Changes& changes) {
  Rewrite out(text);
  const std::string_view source = out.source();
  size_t at = 0;
  for (const auto& change : changes) {
    if (change.added > 0) {
      out.put(change.c, at == 0 ? 0 : at - 1);
      continue;
    }
    out.put(change.c, at < source.size() ? at : source.size() - 1);
    for (int i = 0; i <= -change.added && at < source.size(); ++i)
      at += decode_utf8(source, at).size;
  }
  out.finish();
}

/// Makes of each character what `map` makes of it: another, or nothing.
template <class Map>
void map_characters(TrackedText& text, Map map) {
  Rewrite out(text);
  const std::string_view source = out.source();
  for (size_t at = 0; at < source.size();) {
    const CodePoint point = decode_utf8(source, at);
    if (const std::optional<char32_t> c = map(point.value)) out.put(*c, at);
    at += point.size;
  }
  out.finish();
}

}  // namespace sbert::text
