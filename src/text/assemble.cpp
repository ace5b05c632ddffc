#include "text/assemble.h"

#include <algorithm>

namespace sbert::text {

namespace {

using Kind = PostProcessor::Part::Kind;

size_t sequence_of(Kind kind) {
  return kind == Kind::sequence_a ? 0 : 1;
}

}  // namespace

Encoding assemble(const std::vector<PostProcessor::Part>& parts, std::array<std::span<const int32_t>, 2> sequences,
                  bool add_special_tokens) {
  Encoding out;
  const size_t limit = sequences[0].size() + sequences[1].size() + parts.size();
  out.ids.reserve(limit);
  out.type_ids.reserve(limit);
  for (const auto& part : parts) {
    if (part.kind != Kind::special) {
      const auto ids = sequences[sequence_of(part.kind)];
      out.ids.insert(out.ids.end(), ids.begin(), ids.end());
    } else if (add_special_tokens) {
      out.ids.push_back(part.id);
    }
    out.type_ids.resize(out.ids.size(), part.type_id);
  }
  return out;
}

TracedAssembler::TracedAssembler(const PostProcessor& processor, const std::vector<PostProcessor::Part>& parts,
                                 const std::array<TracedSequence, 2>& sequences, bool add_special_tokens,
                                 OffsetUnit unit)
    : processor_(processor),
      parts_(parts),
      sequences_(sequences),
      add_special_tokens_(add_special_tokens),
      unit_(unit) {
  for (size_t sequence = 0; sequence < 2; ++sequence) {
    const std::string_view text = sequences[sequence].text;
    auto& characters = character_of_byte_[sequence];
    auto& bytes = byte_of_character_[sequence];
    characters.reserve(text.size() + 1);
    for (size_t at = 0; at < text.size();) {
      const size_t next = at + decode_utf8(text, at).size;
      characters.resize(next, bytes.size());
      bytes.push_back(at);
      at = next;
    }
    characters.push_back(bytes.size());
    bytes.push_back(text.size());
  }
}

/// The characters of a token, less the white space that the post-processor takes out.
Span TracedAssembler::trimmed(const TracedToken& token, bool first, size_t sequence) const {
  const auto& characters = character_of_byte_[sequence];
  Span span{characters[token.span.begin], characters[token.span.end]};
  if (!processor_.trim_offsets) return span;
  size_t leading = token.leading_space;
  // One space before the text's first word is what the tokenizer itself has put there.
  if ((first || span.begin == 0) && processor_.add_prefix_space && leading == 1) leading = 0;
  span.begin = std::min(span.begin + leading, span.end);
  if (span.end >= token.trailing_space) span.end = std::max(span.end - token.trailing_space, span.begin);
  return span;
}

void TracedAssembler::append(size_t sequence, Span window, int32_t type_id, TracedEncoding& out) const {
  for (size_t i = window.begin; i < window.end; ++i) {
    const TracedToken& token = sequences_[sequence].tokens[i];
    Span span = trimmed(token, i == window.begin, sequence);
    if (unit_ == OffsetUnit::bytes) {
      span = {byte_of_character_[sequence][span.begin], byte_of_character_[sequence][span.end]};
    }
    out.ids.push_back(token.id);
    out.type_ids.push_back(type_id);
    out.offsets.push_back(span);
    out.word_ids.push_back(token.word);
    out.sequence_ids.push_back(static_cast<int32_t>(sequence));
  }
}

TracedEncoding TracedAssembler::assemble(std::array<Span, 2> windows) const {
  TracedEncoding out;
  for (const auto& part : parts_) {
    if (part.kind != Kind::special) {
      const size_t sequence = sequence_of(part.kind);
      append(sequence, windows[sequence], part.type_id, out);
    } else if (add_special_tokens_) {
      out.ids.push_back(part.id);
      out.type_ids.push_back(part.type_id);
      out.offsets.push_back({});
      out.word_ids.push_back(-1);
      out.sequence_ids.push_back(-1);
    }
  }
  return out;
}

}  // namespace sbert::text
