#pragma once

#include <optional>
#include <string>
#include <vector>

#include "text/byte_trie.h"
#include "text/model.h"
#include "text/vocabulary.h"

namespace sbert::text {

/// SentencePiece's unigram language model: of all ways to cut a piece into tokens, the one with the largest sum of
/// scores, of equals the one found first. Sums are in double, in the order of the text, as the reference adds them.
class Unigram final : public Model {
 public:
  struct Options {
    std::optional<int32_t> unk_id;
    bool byte_fallback = false;  ///< What is unknown becomes its bytes, "<0xE2>", if all are tokens.
  };

  /// `scores[i]` belongs to the token with id i. THROWS: corrupt_data if `unk_id` is no token.
  Unigram(Vocabulary vocabulary, std::vector<double> scores, const Options& options, const std::string& where);

  void tokenize(std::string_view piece, Tokens& out) const override;
  std::optional<int32_t> token_to_id(std::string_view token) const override { return vocabulary_.find(token); }
  std::string_view id_to_token(int32_t id) const override { return vocabulary_.token(id); }
  size_t size() const override { return vocabulary_.size(); }

 private:
  struct Node;

  void find_best_path(std::string_view piece, Node* ends) const;
  void add_unknown(std::string_view text, size_t begin, Tokens& out) const;

  Vocabulary vocabulary_;
  std::vector<double> scores_;
  ByteTrie trie_;
  std::optional<int32_t> unk_id_;
  double unk_score_ = 0;
  bool byte_fallback_;
  std::string where_;
};

}  // namespace sbert::text
