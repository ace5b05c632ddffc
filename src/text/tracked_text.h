#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <sbert/tokenizer.h>

#include "text/utf8.h"

namespace sbert::text {

/// In bytes.
using Span = TextSpan;

/// A text on its way through the normalizers that, if asked to, remembers for each of its bytes which bytes of the
/// original text it came from. Tracking costs 16 bytes a byte and is only paid by callers who want offsets.
class TrackedText {
 public:
  /// Starts over with `original`, which begins `shift` bytes into the whole input.
  void reset(std::string_view original, size_t shift, bool track) {
    text_.assign(original);
    tracks_ = track;
    origins_.clear();
    if (!track) return;
    origins_.resize(original.size());
    for (size_t at = 0; at < original.size();) {
      const size_t next = at + decode_utf8(original, at).size;
      for (size_t i = at; i < next; ++i)
        origins_[i] = {shift + at, shift + next};
      at = next;
    }
  }

  /// Starts over with the bytes [part.begin, part.end) of `source`.
  void assign(const TrackedText& source, Span part) {
    text_.assign(source.text_, part.begin, part.end - part.begin);
    tracks_ = source.tracks_;
    const auto origins = source.origins_.begin();
    if (tracks_) {
      origins_.assign(origins + static_cast<std::ptrdiff_t>(part.begin),
                      origins + static_cast<std::ptrdiff_t>(part.end));
    }
  }

  std::string_view view() const { return text_; }
  bool tracks() const { return tracks_; }
  Span origin(size_t byte) const { return origins_[byte]; }

 private:
  friend class Rewrite;
  std::string text_, next_text_;
  std::vector<Span> origins_, next_origins_;
  bool tracks_ = false;
};

/// Builds the next state of a text from left to right while the present one is being read:
///
///     Rewrite out(text);
///     for (...) out.put(new_character, where_the_old_one_starts);
///     out.finish();
///
/// What is not put is gone. Without `finish` the text stays as it was.
class Rewrite {
 public:
  explicit Rewrite(TrackedText& text) : text_(text) {
    text.next_text_.clear();
    text.next_origins_.clear();
  }

  std::string_view source() const { return text_.text_; }
  size_t size() const { return text_.next_text_.size(); }

  /// Appends a character that stands for whatever the old byte at `from` stood for.
  void put(char32_t c, size_t from) {
    append_utf8(text_.next_text_, c);
    if (text_.tracks_) track(from);
  }

  void put(std::string_view bytes, size_t from) {
    text_.next_text_.append(bytes);
    if (text_.tracks_) track(from);
  }

  /// Appends the old bytes [begin, end) as they are.
  void copy(size_t begin, size_t end) {
    text_.next_text_.append(text_.text_, begin, end - begin);
    if (!text_.tracks_) return;
    const auto origins = text_.origins_.begin();
    text_.next_origins_.insert(text_.next_origins_.end(), origins + static_cast<std::ptrdiff_t>(begin),
                               origins + static_cast<std::ptrdiff_t>(end));
  }

  /// The bytes put so far, for normalizers with a faster way of their own. REQUIRES: the text does not track.
  std::string& bytes() { return text_.next_text_; }

  void finish() {
    text_.text_.swap(text_.next_text_);
    text_.origins_.swap(text_.next_origins_);
  }

 private:
  void track(size_t from) { text_.next_origins_.resize(text_.next_text_.size(), text_.origins_[from]); }

  TrackedText& text_;
};

}  // namespace sbert::text
