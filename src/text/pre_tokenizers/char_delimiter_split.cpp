#include "text/pre_tokenizers/characters.h"
#include "text/pre_tokenizers/registry.h"

namespace sbert::text {

namespace {

/// Removes one character and splits there.
class CharDelimiterSplit final : public PreTokenizer {
 public:
  explicit CharDelimiterSplit(char32_t delimiter) : delimiter_(delimiter) {}
  void pre_tokenize(Pieces& pieces) const override {
    split_at_characters(pieces, SplitBehavior::removed, [this](char32_t c) { return c == delimiter_; });
  }

 private:
  char32_t delimiter_;
};

}  // namespace

std::unique_ptr<PreTokenizer> make_char_delimiter_split(const Json& config, const std::string& where) {
  return std::make_unique<CharDelimiterSplit>(read_character(config, "delimiter", where));
}

}  // namespace sbert::text
