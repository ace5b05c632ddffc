#include <gtest/gtest.h>

#include <sbert/error.h>

#include "text/tiny_tokenizer.h"
#include "text/tokenizer.h"
#include "text/utf8.h"

namespace sbert::text {
namespace {

std::string decode(const Json& decoder, const Ids& ids, const DecodeOptions& options = {}) {
  Json json = tiny_bert();
  json["decoder"] = decoder;
  return make_tokenizer(json, "tiny").decode(ids, options);
}

const Json kWordPiece = {{"type", "WordPiece"}, {"prefix", "##"}, {"cleanup", true}};

TEST(Decode, JoinsTheTokensOfWords) {
  EXPECT_EQ(decode(kWordPiece, {2, 4, 5, 6, 7, 8, 3}), "[CLS] unaffable hello! [SEP]");
  EXPECT_EQ(decode(kWordPiece, {2, 4, 5, 6, 7, 8, 3}, {.skip_special_tokens = true}), "unaffable hello!");
  EXPECT_EQ(decode(nullptr, {4, 5, 8}), "un ##aff !");
  EXPECT_EQ(decode(nullptr, {4, 5, 8}, {.clean_up_tokenization_spaces = true}), "un ##aff!");
  EXPECT_EQ(decode(kWordPiece, {}), "");
}

TEST(Decode, IdsThatAreNoTokensAreLeftOut) {
  EXPECT_EQ(decode(kWordPiece, {7, -1, 4000, 7}), "hello hello");
}

TEST(Decode, AnUnknownDecoderIsAnError) {
  for (const Json& decoder :
       {Json{{"type", "Cipher"}}, Json{{"type", "Sequence"}, {"decoders", {{{"type", "Cipher"}}}}}}) {
    try {
      decode(decoder, {});
      FAIL() << decoder;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::unsupported);
      EXPECT_NE(std::string(error.what()).find("decoder 'Cipher'"), std::string::npos) << error.what();
    }
  }
}

TEST(Decode, BytesThatAreNoTextBecomeReplacementCharacters) {
  EXPECT_EQ(to_valid_utf8("a\xff"
                          "b"),
            "a\ufffdb");
  EXPECT_EQ(to_valid_utf8("\xe4\xb8\xad"), "\u4e2d");
  EXPECT_EQ(to_valid_utf8("\xe4\xb8"), "\ufffd");  // one beginning of a character
  EXPECT_EQ(to_valid_utf8("\xe4\xb8"
                          "a"),
            "\ufffda");
  EXPECT_EQ(to_valid_utf8("\xf0\x9f\x99"), "\ufffd");
  EXPECT_EQ(to_valid_utf8("\xed\xa0\x80"), "\ufffd\ufffd\ufffd");  // a surrogate begins none
  EXPECT_EQ(to_valid_utf8("\xc0\x80"), "\ufffd\ufffd");
  EXPECT_EQ(to_valid_utf8("\xf4\x90\x80\x80"), "\ufffd\ufffd\ufffd\ufffd");
  EXPECT_EQ(to_valid_utf8("\xe0\xa0"), "\ufffd");
  EXPECT_EQ(to_valid_utf8("\xe0\x80"), "\ufffd\ufffd");
}

}  // namespace
}  // namespace sbert::text
