#include <algorithm>

#include "text/decoders/registry.h"

namespace sbert::text {

namespace {

/// Tokens of a speech recognizer: equal neighbours are one token, padding is left out, a delimiter stands between
/// words.
class CtcDecoder final : public Decoder {
 public:
  CtcDecoder(std::string pad_token, std::string word_delimiter, bool cleanup)
      : pad_token_(std::move(pad_token)), word_delimiter_(std::move(word_delimiter)), cleanup_(cleanup) {}

  void decode(std::vector<std::string>& tokens) const override {
    tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
    for (std::string& token : tokens) {
      replace_all(token, pad_token_, "");
      if (!cleanup_) continue;
      clean_up_wordpiece(token);
      replace_all(token, word_delimiter_, " ");
    }
    std::erase(tokens, "");
  }

 private:
  std::string pad_token_, word_delimiter_;
  bool cleanup_;
};

std::string read_token(const Json& config, const char* key, const std::string& where) {
  auto token = json_required<std::string>(config, key, where);
  if (token.empty()) fail(ErrorCode::unsupported, where, ": an empty '", key, "'");
  return token;
}

}  // namespace

std::unique_ptr<Decoder> make_ctc_decoder(const Json& config, const std::string& where) {
  return std::make_unique<CtcDecoder>(read_token(config, "pad_token", where),
                                      read_token(config, "word_delimiter_token", where),
                                      json_required<bool>(config, "cleanup", where));
}

}  // namespace sbert::text
