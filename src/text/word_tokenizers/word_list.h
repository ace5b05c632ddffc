#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/json.h"
#include "text/hash.h"
#include "text/vocabulary.h"

namespace sbert::text {

/// The words that a tokenizer knows, by id, and those that it leaves out.
class WordList {
 public:
  /// What to do with one spelling of a word.
  enum class Answer { stop, known, unknown };

  WordList(const std::vector<std::string>& vocabulary, std::vector<std::string> stop_words, const std::string& where);
  /// From "vocab" and "stop_words" of a tokenizer's file. THROWS: corrupt_data.
  static WordList from_json(const Json& config, const std::string& where);

  /// Appends the id of `word` if it is known and no stop word.
  Answer add(std::string_view word, std::vector<int32_t>& ids) const;

  const Vocabulary& vocabulary() const { return vocabulary_; }
  /// "vocab" and "stop_words".
  OrderedJson to_json() const;

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view word) const { return hash_bytes(word); }
  };

  Vocabulary vocabulary_;
  std::vector<std::string> stop_words_;
  std::unordered_set<std::string, Hash, std::equal_to<>> is_stop_word_;
};

}  // namespace sbert::text
