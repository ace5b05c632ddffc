#include "text/pre_tokenizers/registry.h"
#include "text/unicode.h"

namespace sbert::text {

namespace {

class WhitespaceSplit final : public PreTokenizer {
 public:
  void pre_tokenize(Pieces& pieces) const override {
    pieces.split([](std::string_view piece, auto keep) {
      size_t begin = 0;
      for (size_t at = 0; at < piece.size();) {
        const CodePoint point = decode_utf8(piece, at);
        const size_t next = at + point.size;
        if (unicode::is_white_space(point.value)) {
          keep(begin, at);
          begin = next;
        }
        at = next;
      }
      keep(begin, piece.size());
    });
  }
};

}  // namespace

std::unique_ptr<PreTokenizer> make_whitespace_split(const Json&, const std::string&) {
  return std::make_unique<WhitespaceSplit>();
}

}  // namespace sbert::text
