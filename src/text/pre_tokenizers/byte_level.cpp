#include "text/pre_tokenizers/byte_level.h"

#include "text/byte_characters.h"
#include "text/patterns/scanners.h"
#include "text/pre_tokenizers/registry.h"

namespace sbert::text {

void ByteLevel::pre_tokenize(Pieces& pieces) const {
  if (add_prefix_space_) {
    pieces.rewrite([](Rewrite& out, Span piece) {
      if (out.source()[piece.begin] != ' ') out.put(U' ', piece.begin);
      out.copy(piece.begin, piece.end);
    });
  }
  if (use_regex_) {
    pieces.split([](std::string_view piece, auto keep) {
      for (size_t at = 0; at < piece.size();) {
        const size_t end = scan_gpt2(piece, at);
        keep(at, end);
        at = end;
      }
    });
  }
  if (keep_bytes_) return;
  pieces.rewrite([](Rewrite& out, Span piece) {
    for (size_t at = piece.begin; at < piece.end; ++at)
      out.put(character_of_byte(out.source()[at]), at);
  });
}

std::unique_ptr<PreTokenizer> make_byte_level(const Json& config, const std::string& where) {
  return std::make_unique<ByteLevel>(json_required<bool>(config, "add_prefix_space", where),
                                     json_value<bool>(config, "use_regex", true, where));
}

}  // namespace sbert::text
