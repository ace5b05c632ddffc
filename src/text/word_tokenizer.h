#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sbert/models.h>

namespace sbert::text {

/// Makes ids of the words of a text, for models with a row of numbers for each word. Words that it does not know and
/// stop words are left out. Immutable, so safe from many threads.
class WordTokenizer {
 public:
  virtual ~WordTokenizer() = default;

  /// The class as wordembedding_config.json names it: "sentence_transformers.models.tokenizer.WhitespaceTokenizer".
  virtual std::string type() const = 0;
  /// THROWS: corrupt_data if `text` is not UTF-8.
  virtual std::vector<int32_t> tokenize(std::string_view text) const = 0;
  /// Empty for an id that is no word.
  virtual std::string token(int32_t id) const = 0;
  /// Number of words.
  virtual int64_t size() const = 0;
  /// What it is on disk: name -> bytes.
  virtual std::vector<std::pair<std::string, std::string>> files() const = 0;
};

/// A tokenizer whose words are `vocabulary`: the place of a word is its id, of several alike the last one's. Hugging
/// Face tokenizers have words of their own and leave these alone.
std::unique_ptr<WordTokenizer> make_word_tokenizer(const models::WordTokenizer& settings,
                                                   const std::vector<std::string>& vocabulary);

/// The tokenizer whose files are in `directory`; `type` is the class (or the older module) that `where` names.
/// THROWS: not_found, corrupt_data, unsupported.
std::unique_ptr<WordTokenizer> open_word_tokenizer(const std::string& type, const std::filesystem::path& directory,
                                                   const std::string& where);

}  // namespace sbert::text
