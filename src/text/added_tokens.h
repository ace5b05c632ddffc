#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "text/byte_trie.h"
#include "text/model.h"
#include "text/normalizer.h"

namespace sbert::text {

/// A token that is looked for in the text itself before the model sees it, such as [MASK].
struct AddedToken {
  std::string content;
  int32_t id = 0;
  bool special = false;      ///< Left out when decoding without special tokens.
  bool single_word = false;  ///< Not found where a word character touches it.
  bool lstrip = false;       ///< Swallows the white space before it,
  bool rstrip = false;       ///< and after it.
  bool in_texts = true;      ///< Whether it is looked for; otherwise what is written like it is text.
  bool normalized = true;    ///< Looked for in the normalized text, its content normalized as well.
  std::string decoded = {};  ///< What it becomes in decoded text: what was looked for.
};

/// Finds a set of added tokens: from left to right, at each place the longest.
class AddedTokenFinder {
 public:
  AddedTokenFinder() = default;
  /// (what to look for, the token); what is empty is never found, of equal ones the first is.
  explicit AddedTokenFinder(std::vector<std::pair<std::string, const AddedToken*>> patterns);

  struct Part {
    const AddedToken* token;  // nullptr: text between added tokens
    Span span;
  };

  /// Cuts `text` at the tokens found in it; appends to `out`. Allocates nothing when there is none.
  void cut(std::string_view text, std::vector<Part>& out) const;

 private:
  /// Start of the next place at or after `from` where a token may begin.
  size_t next_candidate(std::string_view text, size_t from) const;

  std::vector<const AddedToken*> tokens_;
  ByteTrie trie_;
  std::array<bool, 256> starts_{};  // bytes that a token begins with
  int only_start_ = -1;             // that byte if there is one only
};

/// The added tokens of a tokenizer, in the two groups in which they are looked for. Immutable, so safe from many
/// threads.
class AddedTokens {
 public:
  /// Tokens the model knows have its id; the others are numbered after its tokens, in order, whatever the file says:
  /// so does the reference. THROWS: corrupt_data.
  static AddedTokens from_json(const Json& list, const Model& model, const std::string& where);

  AddedTokens() = default;
  AddedTokens(AddedTokens&&) = default;
  AddedTokens& operator=(AddedTokens&&) = default;

  /// Special tokens that are written in texts are text from now on.
  void leave_special_tokens();

  /// Normalizes the content of `normalized` tokens; to be called again when the normalizer changes.
  void prepare(const Normalizer* normalizer);

  const AddedTokenFinder& in_raw_text() const { return raw_; }
  const AddedTokenFinder& in_normalized_text() const { return normalized_; }

  const AddedToken* find(std::string_view content) const;
  const AddedToken* find(int32_t id) const;
  const std::map<int32_t, AddedToken>& all() const { return by_id_; }

 private:
  std::map<int32_t, AddedToken> by_id_;
  std::map<std::string, int32_t, std::less<>> by_content_;
  AddedTokenFinder raw_, normalized_;
};

}  // namespace sbert::text
