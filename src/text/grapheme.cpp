#include "text/grapheme.h"

#include "text/unicode.h"
#include "text/utf8.h"

namespace sbert::text {

namespace {

using unicode::Grapheme;

bool is_control(Grapheme c) {
  return c == Grapheme::control || c == Grapheme::carriage_return || c == Grapheme::line_feed;
}

bool is_extend(Grapheme c) {
  return c == Grapheme::extend || c == Grapheme::linker || c == Grapheme::conjunct_extend;
}

bool joins_hangul(Grapheme left, Grapheme right) {
  switch (left) {
    case Grapheme::leading:
      return right == Grapheme::leading || right == Grapheme::vowel || right == Grapheme::syllable_lv ||
             right == Grapheme::syllable_lvt;
    case Grapheme::syllable_lv:
    case Grapheme::vowel:
      return right == Grapheme::vowel || right == Grapheme::trailing;
    case Grapheme::syllable_lvt:
    case Grapheme::trailing:
      return right == Grapheme::trailing;
    default:
      return false;
  }
}

/// What the rules need to know of the cluster so far.
class Cluster {
 public:
  explicit Cluster(Grapheme first) : last_(first) { remember(first); }

  bool takes(Grapheme next) const {
    if (last_ == Grapheme::carriage_return && next == Grapheme::line_feed) return true;
    if (is_control(last_) || is_control(next)) return false;
    if (joins_hangul(last_, next)) return true;
    if (is_extend(next) || next == Grapheme::joiner || next == Grapheme::spacing_mark) return true;
    if (last_ == Grapheme::prepend) return true;
    if (next == Grapheme::consonant && conjunct_ == Conjunct::linked) return true;
    return next == Grapheme::pictograph && pictograph_ == Pictograph::joined;
  }

  void add(Grapheme next) {
    last_ = next;
    remember(next);
  }

 private:
  enum class Conjunct { none, consonant, linked };
  enum class Pictograph { none, seen, joined };

  void remember(Grapheme c) {
    if (c == Grapheme::consonant) {
      conjunct_ = Conjunct::consonant;
    } else if (c == Grapheme::linker) {
      if (conjunct_ != Conjunct::none) conjunct_ = Conjunct::linked;
    } else if (c != Grapheme::conjunct_extend && c != Grapheme::joiner) {
      conjunct_ = Conjunct::none;
    }
    if (c == Grapheme::pictograph) {
      pictograph_ = Pictograph::seen;
    } else if (c == Grapheme::joiner) {
      pictograph_ = pictograph_ == Pictograph::seen ? Pictograph::joined : Pictograph::none;
    } else if (!is_extend(c) || pictograph_ == Pictograph::joined) {
      pictograph_ = Pictograph::none;
    }
  }

  Grapheme last_;
  Conjunct conjunct_ = Conjunct::none;
  Pictograph pictograph_ = Pictograph::none;
};

}  // namespace

size_t grapheme_end(std::string_view text, size_t at) {
  CodePoint point = decode_utf8(text, at);
  Cluster cluster(unicode::grapheme_class(point.value));
  for (at += point.size; at < text.size(); at += point.size) {
    point = decode_utf8(text, at);
    const Grapheme next = unicode::grapheme_class(point.value);
    if (!cluster.takes(next)) break;
    cluster.add(next);
  }
  return at;
}

}  // namespace sbert::text
