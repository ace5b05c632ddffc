#include "text/pre_tokenizers/registry.h"
#include "text/unicode.h"

namespace sbert::text {

namespace {

/// \w+|[^\w\s]+ : runs of word characters and runs of what is neither word character nor white space.
class Whitespace final : public PreTokenizer {
 public:
  void pre_tokenize(Pieces& pieces) const override {
    pieces.split([](std::string_view piece, auto keep) {
      enum class Kind { space, word, other };
      Kind kind = Kind::space;
      size_t begin = 0;
      for (size_t at = 0; at < piece.size();) {
        const CodePoint point = decode_utf8(piece, at);
        const Kind next = unicode::has(point.value, unicode::word) ? Kind::word
                          : unicode::is_white_space(point.value)   ? Kind::space
                                                                   : Kind::other;
        if (next != kind) {
          if (kind != Kind::space) keep(begin, at);
          begin = at;
          kind = next;
        }
        at += point.size;
      }
      if (kind != Kind::space) keep(begin, piece.size());
    });
  }
};

}  // namespace

std::unique_ptr<PreTokenizer> make_whitespace(const Json&, const std::string&) {
  return std::make_unique<Whitespace>();
}

}  // namespace sbert::text
