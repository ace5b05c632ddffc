#pragma once

#include "text/byte_trie.h"
#include "text/model.h"
#include "text/vocabulary.h"

namespace sbert::text {

/// WordPiece: a word is cut greedily into the longest tokens of the vocabulary, those after the first being written
/// with a prefix ("##ing"). A word that cannot be cut to its end, or is too long, becomes one unknown token.
class WordPiece final : public Model {
 public:
  struct Options {
    std::string unk_token = "[UNK]";
    std::string continuing_subword_prefix = "##";
    size_t max_input_chars_per_word = 100;
  };

  /// THROWS: corrupt_data if the vocabulary has no `unk_token`.
  WordPiece(Vocabulary vocabulary, const Options& options, const std::string& where);

  void tokenize(std::string_view word, Tokens& out) const override;
  std::optional<int32_t> token_to_id(std::string_view token) const override { return vocabulary_.find(token); }
  std::string_view id_to_token(int32_t id) const override { return vocabulary_.token(id); }
  size_t size() const override { return vocabulary_.size(); }

 private:
  Vocabulary vocabulary_;
  ByteTrie trie_;
  ByteTrie::Node continuing_ = ByteTrie::kNowhere;  // where the tokens with the prefix begin
  size_t max_characters_;
  int32_t unk_id_ = 0;
};

}  // namespace sbert::text
