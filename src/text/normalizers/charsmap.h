#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sbert::text {

/// SentencePiece's table of replacements ("precompiled charsmap"): the size of a double-array trie in bytes (4 bytes),
/// the trie (4 bytes a unit, little-endian), and the replacements, each ended by a zero byte. Immutable.
class Charsmap {
 public:
  /// THROWS: corrupt_data.
  Charsmap(std::string_view bytes, const std::string& where);

  /// The replacement of the shortest listed string that `text` begins with.
  std::optional<std::string_view> find(std::string_view text) const;

  /// End of the longest run of characters at `at` that are printable ASCII, stay as they are, and are clusters of their
  /// own.
  size_t skip_plain_ascii(std::string_view text, size_t at) const;

 private:
  std::vector<uint32_t> units_;
  std::string replacements_;  // valid UTF-8
  std::array<bool, 256> plain_{};
};

}  // namespace sbert::text
