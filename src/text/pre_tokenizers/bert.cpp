#include <array>

#include "text/pre_tokenizers/registry.h"
#include "text/unicode.h"

namespace sbert::text {

namespace {

/// What most of a text is, and neither space nor punctuation.
constexpr std::array<bool, 256> kAsciiWordBytes = [] {
  std::array<bool, 256> out{};
  for (char c = '0'; c <= '9'; ++c)
    out[static_cast<size_t>(c)] = true;
  for (char c = 'a'; c <= 'z'; ++c)
    out[static_cast<size_t>(c)] = out[static_cast<size_t>(c - 'a' + 'A')] = true;
  return out;
}();

bool is_ascii_word_byte(char byte) {
  return kAsciiWordBytes[static_cast<unsigned char>(byte)];
}

/// Words between spaces; each punctuation character is a word of its own.
class BertPreTokenizer final : public PreTokenizer {
 public:
  void pre_tokenize(Pieces& pieces) const override {
    pieces.split([](std::string_view piece, auto keep) {
      size_t begin = 0;
      for (size_t at = 0; at < piece.size();) {
        if (is_ascii_word_byte(piece[at])) {
          ++at;
          continue;
        }
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
