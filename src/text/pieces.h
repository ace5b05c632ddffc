#pragma once

#include <vector>

#include "text/tracked_text.h"

namespace sbert::text {

/// A normalized text and the pieces of it that are tokenized one by one: first one piece, the whole text, then whatever
/// the pre-tokenizers make of it. Bytes between pieces are dropped. Pieces are never empty.
class Pieces {
 public:
  /// One piece: the bytes [begin, end) of a text.
  void reset(const TrackedText& source, Span part) {
    text_.assign(source, part);
    spans_.clear();
    if (part.begin != part.end) spans_.push_back({0, part.end - part.begin});
  }

  const TrackedText& text() const { return text_; }
  const std::vector<Span>& spans() const { return spans_; }
  std::string_view view(Span span) const { return text_.view().substr(span.begin, span.end - span.begin); }

  /// Whether the piece begins where the whole input does. REQUIRES: the text tracks origins.
  bool is_at_start(Span piece) const { return text_.origin(piece.begin).begin == 0; }

  /// Cuts each piece: `cut(piece, keep)` calls `keep(begin, end)`, relative to the piece, for each part that stays.
  template <class Cut>
  void split(Cut cut) {
    next_spans_.clear();
    for (const Span span : spans_) {
      cut(view(span), [&](size_t begin, size_t end) {
        if (begin < end) next_spans_.push_back({span.begin + begin, span.begin + end});
      });
    }
    spans_.swap(next_spans_);
  }

  /// Rewrites each piece: `edit(out, piece)` puts the new bytes of the piece, which are at [piece.begin, piece.end) of
  /// `out.source()`. Bytes between pieces are dropped.
  template <class Edit>
  void rewrite(Edit edit) {
    Rewrite out(text_);
    next_spans_.clear();
    for (const Span span : spans_) {
      const size_t begin = out.size();
      edit(out, span);
      if (begin < out.size()) next_spans_.push_back({begin, out.size()});
    }
    out.finish();
    spans_.swap(next_spans_);
  }

 private:
  TrackedText text_;
  std::vector<Span> spans_, next_spans_;
};

}  // namespace sbert::text
