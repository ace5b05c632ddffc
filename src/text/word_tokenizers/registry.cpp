#include "text/word_tokenizers/registry.h"

#include <array>
#include <string_view>
#include <variant>

#include "base/fail.h"

namespace sbert::text {
namespace {

struct WordTokenizerEntry {
  std::string_view type;
  std::unique_ptr<WordTokenizer> (*open)(const std::filesystem::path& directory);
};

// One line a tokenizer.
constexpr std::array kTokenizers = {
    WordTokenizerEntry{"WhitespaceTokenizer", open_whitespace_tokenizer},
    WordTokenizerEntry{"PhraseTokenizer", open_phrase_tokenizer},
    WordTokenizerEntry{"TransformersTokenizerWrapper", open_hugging_face_tokenizer},
};

}  // namespace

std::unique_ptr<WordTokenizer> open_word_tokenizer(const std::string& type, const std::filesystem::path& directory,
                                                   const std::string& where) {
  const std::string_view name = std::string_view(type).substr(type.rfind('.') + 1);
  std::string known;
  for (const WordTokenizerEntry& entry : kTokenizers) {
    if (entry.type == name) return entry.open(directory);
    known += (known.empty() ? "" : ", ") + std::string(entry.type);
  }
  fail(ErrorCode::unsupported, where, ": tokenizer_class '", type, "' is not supported; supported: ", known);
}

std::unique_ptr<WordTokenizer> make_word_tokenizer(const models::WordTokenizer& settings,
                                                   const std::vector<std::string>& vocabulary) {
  struct Make {
    const std::vector<std::string>& vocabulary;
    auto operator()(const models::WhitespaceTokenizer& own) const { return make_whitespace_tokenizer(own, vocabulary); }
    auto operator()(const models::PhraseTokenizer& own) const { return make_phrase_tokenizer(own, vocabulary); }
    auto operator()(const models::HuggingFaceTokenizer& own) const { return make_hugging_face_tokenizer(own); }
  };
  return std::visit(Make{vocabulary}, settings);
}

}  // namespace sbert::text
