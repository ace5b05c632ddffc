#include "text/pre_tokenizers/registry.h"
#include "text/unicode.h"

namespace sbert::text {

namespace {

/// Cuts where the script changes. Spaces and unassigned characters belong to what precedes them, and are dropped where
/// nothing does.
class UnicodeScripts final : public PreTokenizer {
 public:
  void pre_tokenize(Pieces& pieces) const override {
    pieces.split([](std::string_view piece, auto keep) {
      uint8_t last = unicode::kAnyScript;
      size_t begin = piece.size();
      for (size_t at = 0; at < piece.size();) {
        const CodePoint point = decode_utf8(piece, at);
        const uint8_t script = unicode::script(point.value);
        if (script != unicode::kAnyScript && script != last) {
          if (last != unicode::kAnyScript) keep(begin, at);
          begin = at;
          last = script;
        }
        at += point.size;
      }
      keep(begin, piece.size());
    });
  }
};

}  // namespace

std::unique_ptr<PreTokenizer> make_unicode_scripts(const Json&, const std::string&) {
  return std::make_unique<UnicodeScripts>();
}

}  // namespace sbert::text
