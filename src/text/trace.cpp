#include "text/pipeline.h"
#include "text/unicode.h"

namespace sbert::text {

namespace {

/// What byte-level vocabularies write for " ".
constexpr char32_t kByteLevelSpace = U'Ġ';

bool is_space(char32_t c) {
  return c == kByteLevelSpace || unicode::is_white_space(c);
}

void count_space(std::string_view text, TracedToken& token) {
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    if (!is_space(point.value)) break;
    ++token.leading_space;
    at += point.size;
  }
  for (size_t end = text.size(); end > 0; ++token.trailing_space) {
    end = previous_character(text, end);
    if (!is_space(decode_utf8(text, end).value)) break;
  }
}

Span origin(const TrackedText& text, Span span) {
  return {text.origin(span.begin).begin, text.origin(span.end - 1).end};
}

}  // namespace

void Pipeline::trace(std::string_view text, Workspace& workspace, std::vector<TracedToken>& out) const {
  int32_t word = 0;
  const auto add_added_token = [&](const AddedToken& added, const TrackedText& from, Span span) {
    TracedToken token{added.id, word++, origin(from, span)};
    if (post_processor.trim_offsets) count_space(from.view().substr(span.begin, span.end - span.begin), token);
    out.push_back(token);
  };
  const auto add_text = [&](const TrackedText& normalized, Span part) {
    Pieces& pieces = workspace.pieces;
    pieces.reset(normalized, part);
    if (pre_tokenizer) pre_tokenizer->pre_tokenize(pieces);
    Tokens& found = workspace.piece_tokens;
    found.with_spans = true;
    for (const Span piece : pieces.spans()) {
      found.clear();
      model->tokenize(pieces.view(piece), found);
      for (size_t i = 0; i < found.ids.size(); ++i) {
        const Span span{piece.begin + found.spans[i].begin, piece.begin + found.spans[i].end};
        TracedToken token{found.ids[i], word, origin(pieces.text(), span)};
        if (post_processor.trim_offsets) count_space(model->id_to_token(token.id), token);
        out.push_back(token);
      }
      ++word;
    }
  };
  out.clear();
  cut_added_tokens(*this, text, true, workspace, add_added_token, add_text);
}

}  // namespace sbert::text
