#include "text/converters/sentencepiece_model.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include <sbert/error.h>

#include "base/files.h"
#include "support/temporary_directory.h"
#include "support/test_data.h"
#include "text/tokenizer.h"

namespace sbert::text {
namespace {

using std::literals::operator""sv;

std::string real_model() {
  return read_file(test::goldens_directory() / "tokenizer_directories" / "llama" / "tokenizer.model");
}

TEST(SentencePieceModel, SaysWhatItIsMadeOf) {
  const SentencePieceModel model = parse_sentencepiece_model(real_model(), "m");
  EXPECT_EQ(model.pieces.size(), 700u);
  EXPECT_EQ(model.type, SentencePieceModel::Type::bpe);
  EXPECT_TRUE(model.byte_fallback);
  EXPECT_EQ(model.pieces[0].type, SentencePiece::Type::unknown);
  EXPECT_EQ(model.pieces[3].text, "user_symbol");
  EXPECT_EQ(model.pieces[3].type, SentencePiece::Type::user_defined);
  EXPECT_FALSE(model.charsmap.empty());
}

TEST(SentencePieceModel, AFileThatIsCutShortIsAnErrorOrHasLess) {
  const std::string whole = real_model();
  for (size_t size = 0; size < whole.size(); size += 7) {
    try {
      EXPECT_LE(parse_sentencepiece_model(whole.substr(0, size), "m").pieces.size(), 700u);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::corrupt_data);
      EXPECT_EQ(std::string(error.what()).find("m: "), 0u) << error.what();
    }
  }
}

struct Damage {
  const char* name;
  std::string_view bytes;
  const char* says;
};

class DamagedSentencePieceModel : public testing::TestWithParam<Damage> {};

TEST_P(DamagedSentencePieceModel, IsAnErrorThatSaysWhat) {
  try {
    parse_sentencepiece_model(GetParam().bytes, "m");
    FAIL() << "was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::corrupt_data);
    EXPECT_NE(std::string(error.what()).find(GetParam().says), std::string::npos) << error.what();
  }
}

INSTANTIATE_TEST_SUITE_P(
    Text, DamagedSentencePieceModel,
    testing::Values(Damage{"Empty", "", "no pieces"},
                    Damage{"SizeBeyondTheEnd", "\x0a\xff\xff\xff\xff\x0f", "cut short"},
                    Damage{"EndlessNumber", "\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "too long"},
                    Damage{"NumberWithoutEnd", "\x08\x80", "cut short"}, Damage{"FieldZero", "\0\0"sv, "no number"},
                    Damage{"UnknownWireType", "\x0b", "no known type"},
                    Damage{"PieceIsANumber", "\x08\x01", "another type"},
                    Damage{"PieceIsNotUtf8", "\x0a\x03\x0a\x01\xff", "not UTF-8"},
                    Damage{"ScoreIsInfinite",
                           "\x0a\x08\x0a\x01"
                           "a\x15\0\0\x80\x7f"sv,
                           "score"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(TokenizerDirectory, ThatHasNothingSaysWhatIsMissing) {
  const test::TemporaryDirectory directory;
  const auto message = [&](const std::string& config) {
    std::ofstream(directory.path() / "config.json") << config;
    try {
      Tokenizer::from_directory(directory.path());
      return std::string("was accepted");
    } catch (const Error& error) {
      return std::string(error.what());
    }
  };
  EXPECT_NE(message(R"({"model_type": "bert"})").find("has neither tokenizer.json nor vocab.txt"), std::string::npos);
  EXPECT_NE(message(R"({"model_type": "roberta"})").find("vocab.json"), std::string::npos);
  EXPECT_NE(message(R"({"model_type": "xlm-roberta"})").find("sentencepiece.bpe.model"), std::string::npos);
  EXPECT_NE(message("{}").find("has no tokenizer.json"), std::string::npos);
  EXPECT_NE(message(R"({"tokenizer_class": "AlbertTokenizer"})").find("AlbertTokenizer"), std::string::npos);
  std::ofstream(directory.path() / "vocab.json") << "{\"a\": 0}";
  EXPECT_NE(message(R"({"model_type": "roberta"})").find("merges.txt"), std::string::npos);
}

}  // namespace
}  // namespace sbert::text
