#include "text/tokenizer.h"

#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include <sbert/error.h>

#include "text/directory.h"
#include "text/tiny_tokenizer.h"

namespace sbert::text {
namespace {

Tokenizer tiny() {
  return make_tokenizer(tiny_bert(), "tiny");
}

TEST(Tokenizer, CutsWordsIntoTheLongestTokens) {
  EXPECT_EQ(tiny().encode("Unaffable hello!").ids, (Ids{2, 4, 5, 6, 7, 8, 3}));
  EXPECT_EQ(tiny().encode("").ids, (Ids{2, 3}));
  EXPECT_EQ(tiny().encode("unknown").ids, (Ids{2, 1, 3}));
  EXPECT_EQ(tiny().encode("hello", {.add_special_tokens = false}).ids, (Ids{7}));
}

TEST(Tokenizer, WordsLongerThanTheLimitAreUnknown) {
  Json json = tiny_bert();
  json["model"]["vocab"]["aaaaaaaaaaa"] = 10;
  const Tokenizer tokenizer = make_tokenizer(json, "tiny");
  EXPECT_EQ(tokenizer.encode("aaaaaaaaaaa").ids, (Ids{2, 1, 3}));
}

TEST(Tokenizer, TruncatesWithRoomForTheSpecialTokens) {
  const Encoding encoding = tiny().encode("hello hello ! !", {.max_length = 4});
  EXPECT_EQ(encoding.ids, (Ids{2, 7, 7, 3}));
  EXPECT_TRUE(encoding.truncated);
  EXPECT_FALSE(tiny().encode("hello hello", {.max_length = 4}).truncated);
  EXPECT_EQ(tiny().encode("hello", {.max_length = 2}).ids, (Ids{2, 3}));
  EXPECT_THROW(tiny().encode("hello", {.max_length = 1}), Error);
  EXPECT_EQ(tiny().encode("hello a", {.max_length = 1, .add_special_tokens = false}).ids, (Ids{7}));
}

TEST(Tokenizer, InvalidUtf8IsAnErrorThatNamesTheByte) {
  try {
    tiny().encode("hello \xff");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::corrupt_data);
    EXPECT_NE(std::string(error.what()).find("byte 6"), std::string::npos) << error.what();
  }
}

TEST(Tokenizer, TokensAndIdsMapToEachOther) {
  const Tokenizer tokenizer = tiny();
  EXPECT_EQ(tokenizer.vocab_size(), 10u);
  EXPECT_EQ(tokenizer.token_to_id("##able"), 6);
  EXPECT_EQ(tokenizer.token_to_id("nothing"), std::nullopt);
  EXPECT_EQ(tokenizer.id_to_token(5), "##aff");
  EXPECT_EQ(tokenizer.id_to_token(-1), "");
  EXPECT_EQ(tokenizer.id_to_token(99), "");
  EXPECT_EQ(tokenizer.pad_id(), 0);
  EXPECT_EQ(tokenizer.special_token_count(), 2u);
  EXPECT_TRUE(tokenizer.is_special(2));
  EXPECT_FALSE(tokenizer.is_special(7));
}

TEST(Tokenizer, AddedTokensTheModelDoesNotKnowAreNumberedAfterIt) {
  Json json = tiny_bert();
  Json token = json["added_tokens"][0];
  token["content"] = "[NEW]";
  token["id"] = 10;
  json["added_tokens"].push_back(token);
  const Tokenizer tokenizer = make_tokenizer(json, "tiny");
  EXPECT_EQ(tokenizer.encode("hello[NEW]a").ids, (Ids{2, 7, 10, 9, 3}));
  EXPECT_EQ(tokenizer.vocab_size(), 11u);
}

TEST(Tokenizer, SpecialTokensThatAreMissingOnlyMatterWhenAskedFor) {
  Json json = tiny_bert();
  json["post_processor"]["cls"] = Json::array({"[GONE]", 400});
  const Tokenizer tokenizer = make_tokenizer(json, "tiny");
  EXPECT_EQ(tokenizer.encode("hello", {.add_special_tokens = false}).ids, (Ids{7}));
  EXPECT_THROW(tokenizer.encode("hello"), Error);
}

TEST(Tokenizer, LowercaseCanBePutBeforeTheNormalizer) {
  Json json = tiny_bert();
  json["normalizer"]["lowercase"] = false;
  Tokenizer tokenizer = make_tokenizer(json, "tiny");
  EXPECT_EQ(tokenizer.encode("HELLO").ids, (Ids{2, 1, 3}));
  tokenizer.prepend_lowercase();
  EXPECT_EQ(tokenizer.encode("HELLO").ids, (Ids{2, 7, 3}));
  json["normalizer"] = nullptr;
  Tokenizer without_normalizer = make_tokenizer(json, "tiny");
  without_normalizer.prepend_lowercase();
  EXPECT_EQ(without_normalizer.encode("HELLO").ids, (Ids{2, 7, 3}));
}

TEST(Tokenizer, MetaspaceBeginsAPieceAfterASingleLetter) {
  const Json json = Json::parse(R"({
    "added_tokens": [], "normalizer": null,
    "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "never", "split": true},
    "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "b": 1, "▁c": 2, "▁": 3, "b▁c": 4}}
  })");
  const Tokenizer tokenizer = make_tokenizer(json, "tiny");
  EXPECT_EQ(tokenizer.encode("b c").ids, (Ids{1, 2}));
  EXPECT_EQ(tokenizer.encode(" c").ids, (Ids{2}));
  EXPECT_EQ(tokenizer.encode("  c").ids, (Ids{3, 2}));
}

TEST(Tokenizer, TextsCutIntoWordsHaveTheTokensOfWholeTexts) {
  const auto tokenizer =
      [](const std::string& merges) {
        return make_tokenizer(Json::parse(R"({
      "added_tokens": [], "normalizer": {"type": "Replace", "pattern": {"String": " "}, "content": "▁"},
      "model": {"type": "BPE", "unk_token": "?", "fuse_unk": true, "byte_fallback": true,
                "vocab": {"?": 0, "▁": 1, "a": 2, "b": 3, "▁▁": 4, "▁a": 5, "ab": 6, "▁ab": 7, "▁▁ab": 8, "b▁": 9, "<0xC3>": 10,
                          "<0xBC>": 11},
                "merges": [)" + merges + R"("▁ a", "a b", "▁a b", "▁ ▁", "▁▁ ab"]}})"),
                              "tiny");
      };
  // A merge across the beginning of a word forbids to cut there. The ids are those of the PyPI tokenizers.
  const Tokenizer cut = tokenizer("");
  const Tokenizer whole = tokenizer("\"b ▁\", ");
  EXPECT_EQ(whole.encode("b b").ids, (Ids{9, 3}));
  EXPECT_EQ(cut.encode("b b").ids, (Ids{3, 1, 3}));
  EXPECT_EQ(cut.encode("ab  ab a").ids, (Ids{6, 1, 7, 5}));
  EXPECT_EQ(cut.encode("x xx \u00fc y").ids, (Ids{0, 1, 0, 1, 10, 11, 1, 0}));
  EXPECT_EQ(cut.encode("   ").ids, (Ids{4, 1}));
  EXPECT_EQ(cut.encode("a").ids, (Ids{2}));
}

TEST(Tokenizer, ManyThreadsGetTheSameIds) {
  const Tokenizer tokenizer = tiny();
  const Ids expected = tokenizer.encode("Unaffable hello, hello!").ids;
  std::vector<int> equal(4, 0);
  std::vector<std::thread> threads;
  for (int& count : equal) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i)
        count += tokenizer.encode("Unaffable hello, hello!").ids == expected;
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  EXPECT_EQ(equal, (std::vector<int>(4, 200)));
}

class TokenizerDirectoryTest : public testing::Test {
 protected:
  void SetUp() override {
    directory_ =
        std::filesystem::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(directory_);
    write("tokenizer.json", tiny_bert().dump());
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }
  void write(const std::string& name, const std::string& text) { std::ofstream(directory_ / name) << text; }

  std::filesystem::path directory_;
};

TEST_F(TokenizerDirectoryTest, TokenizerConfigOverridesTheNormalizerOfBert) {
  write("tokenizer_config.json", R"({"tokenizer_class": "BertTokenizer", "do_lower_case": false})");
  EXPECT_EQ(Tokenizer::from_directory(directory_).encode("HELLO hello").ids, (Ids{2, 1, 7, 3}));
  write("tokenizer_config.json", R"({"tokenizer_class": "BertTokenizerFast", "do_lower_case": true})");
  EXPECT_EQ(Tokenizer::from_directory(directory_).encode("HELLO hello").ids, (Ids{2, 7, 7, 3}));
  write("tokenizer_config.json", R"({"tokenizer_class": "PreTrainedTokenizerFast", "do_lower_case": false})");
  EXPECT_EQ(Tokenizer::from_directory(directory_).encode("HELLO hello").ids, (Ids{2, 7, 7, 3}));
}

/// "ab" or "a" and "b": equally good as tokenizers reads the scores, and then the first wins. The nearest double to the
/// score of "ab" is a little less than the score of "a".
Json unigram_with_a_tie() {
  return Json::parse(R"({"pre_tokenizer": null, "model": {"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0],
      ["a", -7.687957846210645], ["b", 0], ["ab", -7.6879578462106455]]}})");
}

TEST(Tokenizer, ScoresAreRoundedAsTokenizersRoundsThem) {
  EXPECT_EQ(make_tokenizer(unigram_with_a_tie(), "t").encode("ab").ids, (Ids{3}));
}

TEST_F(TokenizerDirectoryTest, ScoresAreExactWhereTransformersReadsThem) {
  write("tokenizer.json", R"({"normalizer": null, "pre_tokenizer": {"type": "Metaspace", "replacement": "▁"},
      "model": {"type": "Unigram", "unk_id": 3, "vocab": [["<s>", 0], ["<pad>", 0], ["</s>", 0], ["<unk>", 0],
      ["▁a", -7.687957846210645], ["b", 0], ["▁ab", -7.6879578462106455]]}})");
  EXPECT_EQ(Tokenizer::from_directory(directory_).encode("ab").ids, (Ids{6}));
  write("tokenizer_config.json", R"({"tokenizer_class": "XLMRobertaTokenizer"})");
  EXPECT_EQ(Tokenizer::from_directory(directory_).encode("ab").ids, (Ids{0, 4, 5, 2}));
}

TEST_F(TokenizerDirectoryTest, ClassesThatAreNotKnownHereAreRefusedByName) {
  for (const char* name : {"CanineTokenizer", "WhisperTokenizerFast"}) {
    write("tokenizer_config.json", concat(R"({"tokenizer_class": ")", name, "\"}"));
    try {
      Tokenizer::from_directory(directory_);
      FAIL() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::unsupported);
      EXPECT_NE(std::string(error.what()).find(std::string(name).substr(0, 12)), std::string::npos) << error.what();
    }
  }
}

TEST_F(TokenizerDirectoryTest, ClassesThatNobodyKnowsTakeTheFileAsItIs) {
  write("tokenizer_config.json", R"({"tokenizer_class": "MyTokenizer", "do_lower_case": false})");
  EXPECT_EQ(Tokenizer::from_directory(directory_).encode("HELLO hello").ids, (Ids{2, 7, 7, 3}));
}

TEST_F(TokenizerDirectoryTest, APythonTokenizerOfTheModelsOwnIsRefused) {
  write("tokenizer_config.json",
        R"({"tokenizer_class": "MyTokenizer", "auto_map": {"AutoTokenizer": ["my.MyTokenizer", null]}})");
  EXPECT_THROW(Tokenizer::from_directory(directory_), Error);
  write("tokenizer_config.json",
        R"({"tokenizer_class": "BertTokenizer", "auto_map": {"AutoTokenizer": ["my.MyTokenizer", null]}})");
  EXPECT_EQ(Tokenizer::from_directory(directory_).encode("hello").ids, (Ids{2, 7, 3}));
}

TEST_F(TokenizerDirectoryTest, FilesAreKeptAsTheyAre) {
  write("tokenizer_config.json", R"({"tokenizer_class": "BertTokenizer"})");
  const Tokenizer tokenizer = Tokenizer::from_directory(directory_);
  const auto files = read_tokenizer_files(directory_);
  ASSERT_EQ(files.size(), 2u);
  EXPECT_EQ(files[0].first, "tokenizer.json");
  EXPECT_EQ(files[0].second, tiny_bert().dump());
  EXPECT_EQ(files[1].second, R"({"tokenizer_class": "BertTokenizer"})");
}

TEST_F(TokenizerDirectoryTest, DirectoryWithoutTokenizerIsNotFound) {
  std::filesystem::remove(directory_ / "tokenizer.json");
  try {
    Tokenizer::from_directory(directory_);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::not_found);
  }
}

}  // namespace
}  // namespace sbert::text
