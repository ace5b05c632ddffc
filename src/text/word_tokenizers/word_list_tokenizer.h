#pragma once

#include <string>
#include <utility>

#include "text/word_tokenizer.h"
#include "text/word_tokenizers/word_list.h"

namespace sbert::text {

/// A word tokenizer whose ids are those of a word list.
class WordListTokenizer : public WordTokenizer {
 public:
  std::string token(int32_t id) const override { return std::string(words_.vocabulary().token(id)); }
  int64_t size() const override { return static_cast<int64_t>(words_.vocabulary().size()); }

 protected:
  explicit WordListTokenizer(WordList words) : words_(std::move(words)) {}

  WordList words_;
};

}  // namespace sbert::text
