#pragma once

#include <bitset>
#include <string_view>
#include <vector>

namespace sbert {

/// A pattern for names of files, read as Python's fsspec (and so `datasets`) reads it: "*" is any part of a name, "?"
/// one byte of it, "[-._ 0-9]" one of these, "[!ab]" none of them; "**" as a whole name is any number of directories,
/// and at the end everything below. Matching takes time proportional to both lengths, whatever the pattern.
class Glob {
 public:
  /// THROWS: invalid_argument for "**" beside other characters, or a pattern longer than any path.
  explicit Glob(std::string_view pattern);
  bool matches(std::string_view path) const;

 private:
  enum class Kind { byte, part, directories, everything };
  struct Token {
    Kind kind;
    std::bitset<256> bytes{};  ///< of Kind::byte: which
  };
  using States =
      std::vector<char>;  ///< whether the tokens from here on may match what is left; the last one is the end

  void add_name(std::string_view name);
  void enter(States& states, size_t token) const;

  std::vector<Token> tokens_;
};

}  // namespace sbert
