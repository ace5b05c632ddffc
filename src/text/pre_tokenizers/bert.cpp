#include <bit>

#include "text/byte_block.h"
#include "text/pre_tokenizers/registry.h"
#include "text/unicode.h"

namespace sbert::text {

namespace {

/// Words between spaces; each punctuation character is a word of its own.
class BertPreTokenizer final : public PreTokenizer {
 public:
  void pre_tokenize(Pieces& pieces) const override {
    pieces.split([](std::string_view piece, auto keep) {
      for (size_t at = 0; at < piece.size();) {
        const bool ascii = static_cast<unsigned char>(piece[at]) < 0x80;
        const size_t done = ascii ? split_ascii(piece, at, keep) : at;
        at = done != at ? done : split_word(piece, at, keep);
      }
    });
  }

 private:
  static auto is_punctuation(ByteBlock::Vector byte) {
    return (byte - '!' < 94) & ~ByteBlock::is_letter(byte) & ~ByteBlock::is_digit(byte);
  }

  /// Keeps the words from `at` on that are surely over within the next bytes and ASCII. Returns where they end, `at` if
  /// there are too few to be worth it.
  template <class Keep>
  static size_t split_ascii(std::string_view piece, size_t at, Keep keep) {
    const ByteBlock block(piece, at);
    const uint64_t spaces = block.where(ByteBlock::is_space), marks = block.where(is_punctuation);
    const uint64_t ends = (spaces | marks) & ByteBlock::first(block.ascii());
    const size_t known = ByteBlock::kBytes - static_cast<size_t>(std::countl_zero(ends));
    if (known < kFew && block.ascii() < block.size()) return at;
    const uint64_t letters = ~ends & ByteBlock::first(known);
    uint64_t begins = (letters & ~(letters << 1)) | (marks & ends);
    uint64_t lasts = (letters & ~(letters >> 1)) | (marks & ends);
    for (; begins; begins &= begins - 1, lasts &= lasts - 1) {
      keep(at + static_cast<size_t>(std::countr_zero(begins)), at + static_cast<size_t>(std::countr_zero(lasts)) + 1);
    }
    return at + known;
  }

  /// Keeps the word at `at` and what ends it.
  template <class Keep>
  static size_t split_word(std::string_view piece, size_t begin, Keep keep) {
    for (size_t at = begin; at < piece.size();) {
      const CodePoint point = decode_utf8(piece, at);
      const size_t next = at + point.size;
      const bool punctuation = unicode::has(point.value, unicode::punctuation);
      if (punctuation || unicode::is_white_space(point.value)) {
        keep(begin, at);
        if (punctuation) keep(at, next);
        return next;
      }
      at = next;
    }
    keep(begin, piece.size());
    return piece.size();
  }

  static constexpr size_t kFew = 16;
};

}  // namespace

std::unique_ptr<PreTokenizer> make_bert_pre_tokenizer(const Json&, const std::string&) {
  return std::make_unique<BertPreTokenizer>();
}

}  // namespace sbert::text
