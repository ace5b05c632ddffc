#include "text/decoders/registry.h"

namespace sbert::text {

namespace {

/// A token with the prefix continues a word, any other begins one.
class WordPieceDecoder final : public Decoder {
 public:
  WordPieceDecoder(std::string prefix, bool cleanup) : prefix_(std::move(prefix)), cleanup_(cleanup) {}

  void decode(std::vector<std::string>& tokens) const override {
    for (size_t i = 0; i < tokens.size(); ++i) {
      std::string& token = tokens[i];
      if (i > 0) {
        if (token.starts_with(prefix_)) {
          token.erase(0, prefix_.size());
        } else {
          token.insert(0, 1, ' ');
        }
      }
      if (cleanup_) clean_up_wordpiece(token);
    }
  }

 private:
  std::string prefix_;
  bool cleanup_;
};

}  // namespace

std::unique_ptr<Decoder> make_wordpiece_decoder(const Json& config, const std::string& where) {
  return std::make_unique<WordPieceDecoder>(json_required<std::string>(config, "prefix", where),
                                            json_required<bool>(config, "cleanup", where));
}

}  // namespace sbert::text
