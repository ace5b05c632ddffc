#include "text/pre_tokenizers/registry.h"
#include "text/unicode.h"

namespace sbert::text {

namespace {

/// Words between spaces; each punctuation character is a word of its own.
class BertPreTokenizer final : public PreTokenizer {
 public:
  void pre_tokenize(Pieces& pieces) const override {
    pieces.split([](std::string_view piece, auto keep) {
      size_t begin = 0;
      for (size_t at = 0; at < piece.size();) {
        const CodePoint point = decode_utf8(piece, at);
        const size_t next = at + point.size;
        const bool punctuation = unicode::has(point.value, unicode::punctuation);
        if (punctuation || unicode::is_white_space(point.value)) {
          keep(begin, at);
          if (punctuation) keep(at, next);
          begin = next;
        }
        at = next;
      }
      keep(begin, piece.size());
    });
  }
};

}  // namespace

std::unique_ptr<PreTokenizer> make_bert_pre_tokenizer(const Json&, const std::string&) {
  return std::make_unique<BertPreTokenizer>();
}

}  // namespace sbert::text
