#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sbert::text {

struct SentencePiece {
  enum class Type { normal = 1, unknown = 2, control = 3, user_defined = 4, unused = 5, byte = 6 };
  std::string text;
  float score = 0;
  Type type = Type::normal;
};

/// What a sentencepiece model file (a ModelProto) says, as far as a tokenizer needs it.
struct SentencePieceModel {
  enum class Type { unigram = 1, bpe = 2, word = 3, character = 4 };
  std::vector<SentencePiece> pieces;
  Type type = Type::unigram;
  bool byte_fallback = false;
  int64_t unk_id = 0, bos_id = 1, eos_id = 2;
  std::string unk_piece = "<unk>", bos_piece = "<s>", eos_piece = "</s>";
  std::string charsmap;  // table of replacements for normalizing; may be empty
};

/// THROWS: corrupt_data if `bytes` is not such a file.
SentencePieceModel parse_sentencepiece_model(std::string_view bytes, const std::string& where);

}  // namespace sbert::text
