#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace sbert::text {

/// What a person wants to know of a tokenizer.
struct TokenizerDescription {
  std::string model;        ///< "WordPiece", "BPE", ..., or the class of a word tokenizer
  size_t vocabulary = 0;    ///< tokens, added ones included
  bool lower_case = false;  ///< "A" is read as "a"
  std::vector<std::pair<std::string, int32_t>> special_tokens{};
};

}  // namespace sbert::text
