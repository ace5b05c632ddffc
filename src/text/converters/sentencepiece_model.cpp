#include "text/converters/sentencepiece_model.h"

#include <cmath>

#include "base/fail.h"
#include "text/converters/protobuf.h"
#include "text/utf8.h"

namespace sbert::text {

namespace {

// The numbers of fields are those of sentencepiece_model.proto.

SentencePiece parse_piece(std::string_view message, const std::string& where) {
  SentencePiece piece;
  for (ProtobufReader fields(message, where); fields.next();) {
    switch (fields.number()) {
      case 1:
        piece.text = fields.bytes();
        break;
      case 2:
        piece.score = fields.number32();
        break;
      case 3:
        piece.type = static_cast<SentencePiece::Type>(fields.integer());
        break;
    }
  }
  if (find_invalid_utf8(piece.text) != piece.text.npos) fail(ErrorCode::corrupt_data, where, ": is not UTF-8");
  if (!std::isfinite(piece.score)) fail(ErrorCode::corrupt_data, where, ": its score is not a number");
  return piece;
}

void parse_trainer(std::string_view message, SentencePieceModel& model, const std::string& where) {
  for (ProtobufReader fields(message, where); fields.next();) {
    switch (fields.number()) {
      case 3:
        model.type = static_cast<SentencePieceModel::Type>(fields.integer());
        break;
      case 35:
        model.byte_fallback = fields.integer() != 0;
        break;
      case 40:
        model.unk_id = static_cast<int32_t>(fields.integer());
        break;
      case 41:
        model.bos_id = static_cast<int32_t>(fields.integer());
        break;
      case 42:
        model.eos_id = static_cast<int32_t>(fields.integer());
        break;
      case 45:
        model.unk_piece = fields.bytes();
        break;
      case 46:
        model.bos_piece = fields.bytes();
        break;
      case 47:
        model.eos_piece = fields.bytes();
        break;
    }
  }
}

}  // namespace

SentencePieceModel parse_sentencepiece_model(std::string_view bytes, const std::string& where) {
  SentencePieceModel model;
  for (ProtobufReader fields(bytes, where); fields.next();) {
    switch (fields.number()) {
      case 1:
        model.pieces.push_back(parse_piece(fields.bytes(), concat(where, ": piece ", model.pieces.size())));
        break;
      case 2:
        parse_trainer(fields.bytes(), model, where + ": trainer_spec");
        break;
      case 3:
        for (ProtobufReader normalizer(fields.bytes(), where + ": normalizer_spec"); normalizer.next();) {
          if (normalizer.number() == 2) model.charsmap = normalizer.bytes();
        }
        break;
    }
  }
  if (model.pieces.empty()) fail(ErrorCode::corrupt_data, where, ": is not a sentencepiece model: it has no pieces");
  for (const std::string* piece : {&model.unk_piece, &model.bos_piece, &model.eos_piece}) {
    if (find_invalid_utf8(*piece) != piece->npos) fail(ErrorCode::corrupt_data, where, ": trainer_spec: is not UTF-8");
  }
  return model;
}

}  // namespace sbert::text
