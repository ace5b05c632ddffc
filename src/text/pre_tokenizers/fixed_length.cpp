#include "text/pre_tokenizers/registry.h"

namespace sbert::text {

namespace {

/// Pieces of so many characters.
class FixedLength final : public PreTokenizer {
 public:
  explicit FixedLength(size_t length) : length_(length) {}
  void pre_tokenize(Pieces& pieces) const override {
    pieces.split([this](std::string_view piece, auto keep) {
      size_t begin = 0, count = 0;
      for (size_t at = 0; at < piece.size();) {
        at += decode_utf8(piece, at).size;
        if (++count == length_ || at == piece.size()) {
          keep(begin, at);
          begin = at;
          count = 0;
        }
      }
    });
  }

 private:
  size_t length_;
};

}  // namespace

std::unique_ptr<PreTokenizer> make_fixed_length(const Json& config, const std::string& where) {
  const auto length = json_value<int64_t>(config, "length", 5, where);
  if (length <= 0) fail(ErrorCode::corrupt_data, where, ": 'length' should be positive");
  return std::make_unique<FixedLength>(static_cast<size_t>(length));
}

}  // namespace sbert::text
