#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "text/byte_trie.h"

namespace sbert::text {

/// The tokens of a model and their numbers. Numbers may have holes, as files with duplicate lines have them.
class Vocabulary {
 public:
  enum class SameToken { refuse, last_counts };

  /// THROWS: corrupt_data if the token (unless told otherwise) or the id is there already, or the id is negative or
  /// absurd.
  void add(std::string_view token, int64_t id, const std::string& where, SameToken same = SameToken::refuse);

  /// From {"token": id, ...}. THROWS: corrupt_data.
  static Vocabulary from_json(const Json& object, const std::string& where);

  std::optional<int32_t> find(std::string_view token) const;
  /// Empty for an id that is no token.
  std::string_view token(int64_t id) const;
  bool has(int64_t id) const;
  size_t size() const { return count_; }
  /// One more than the largest id.
  size_t id_limit() const { return by_id_.size(); }

  /// (token, id) of all tokens; the views live as long as the vocabulary.
  std::vector<std::pair<std::string_view, int32_t>> entries() const;

 private:
  struct Text {
    uint32_t begin = 0, size = kNoToken;
  };
  static constexpr uint32_t kNoToken = UINT32_MAX;

  std::string_view view(const Text& text) const { return std::string_view(bytes_).substr(text.begin, text.size); }
  void rehash(size_t slots);
  size_t slot_of(std::string_view token) const;

  std::string bytes_;  // all tokens, one after the other
  std::vector<Text> by_id_;
  std::vector<int32_t> slots_;  // open addressing; -1 is free
  size_t count_ = 0;
};

}  // namespace sbert::text
