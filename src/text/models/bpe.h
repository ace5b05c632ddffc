#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "text/model.h"
#include "text/models/merge_table.h"
#include "text/vocabulary.h"

namespace sbert::text {

/// Byte pair encoding: a piece starts as single characters, and as long as two neighbours are a known pair, the pair of
/// the lowest rank (of equals the leftmost) becomes one token.
class Bpe final : public Model {
 public:
  struct Options {
    std::optional<std::string> unk_token;
    std::string continuing_subword_prefix;  ///< Written before each character but the first ("##").
    std::string end_of_word_suffix;         ///< Written after the last character ("</w>").
    bool fuse_unk = false;                  ///< Unknown characters in a row are one unknown token.
    bool byte_fallback = false;             ///< An unknown character becomes its bytes, "<0xE2>", if all are known.
    bool ignore_merges = false;             ///< A piece that is a token is that token, however it would be merged.
  };
  using Merges = std::vector<std::pair<std::string, std::string>>;

  /// THROWS: corrupt_data if a merge or the unknown token is not in the vocabulary.
  Bpe(Vocabulary vocabulary, const Merges& merges, Options options, const std::string& where);

  void tokenize(std::string_view piece, Tokens& out) const override;
  bool can_take_bytes() const override { return !options_.byte_fallback; }
  void take_bytes() override { bytes_ = true; }
  std::string_view word_start() const override;
  bool can_clean_up() const override { return false; }
  std::optional<int32_t> token_to_id(std::string_view token) const override { return vocabulary_.find(token); }
  std::string_view id_to_token(int32_t id) const override { return vocabulary_.token(id); }
  size_t size() const override { return vocabulary_.size(); }

 private:
  class Symbols;

  void add_symbols(std::string_view piece, Symbols& symbols) const;
  std::optional<int32_t> find_whole(std::string_view piece) const;
  std::optional<int32_t> find_character(std::string_view character, bool first, bool last) const;
  bool add_bytes(std::string_view character, Symbols& symbols) const;
  std::optional<int32_t> find_byte(char byte, bool first, bool last) const;

  Vocabulary vocabulary_;
  Options options_;
  MergeTable merges_;
  std::optional<int32_t> unk_id_;
  /// Tokens of the characters that stand for bytes: [first << 1 | last][byte], -1 for none.
  std::array<std::array<int32_t, 256>, 4> byte_ids_{};
  bool bytes_ = false;
  bool words_are_apart_ = false;  ///< no token has a "▁" behind another character
};

}  // namespace sbert::text
