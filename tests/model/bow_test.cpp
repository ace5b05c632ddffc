#include "nn/bow.h"

#include <limits>

#include <gtest/gtest.h>

#include <sbert/sentence_transformer.h>

#include "base/fail.h"
#include "base/files.h"
#include "support/errors.h"
#include "support/goldens.h"
#include "support/temporary_directory.h"

namespace sbert {
namespace {

class BoWModels : public testing::TestWithParam<std::string> {};

TEST_P(BoWModels, EmbeddingsAreThoseOfPythonAlsoWhenSaved) {
  const auto texts =
      read_json_file(test::golden_path("words", "words.json")).at("texts").get<std::vector<std::string>>();
  const auto expected = test::GoldenTensors("words.safetensors", "words").values(GetParam() + ".embeddings");
  const test::TemporaryDirectory directory;
  const SentenceTransformer model(test::golden_path("words", GetParam()).string());
  model.save(directory / "saved");
  EXPECT_TRUE(file_exists(directory / "saved" / "0_BoW" / "config.json"));
  const SentenceTransformer saved((directory / "saved").string());
  for (const auto* one : {&model, &saved}) {
    const auto ours = one->encode(texts);
    const std::vector<float> flat(ours.data(), ours.data() + ours.rows() * ours.dimension());
    EXPECT_EQ(flat, expected);
  }
}

INSTANTIATE_TEST_SUITE_P(All, BoWModels, testing::Values("bow", "bow_binary"));

TEST(BoW, AWordOfTheVocabularyCountsOnceAndTakesTheWeightOfItsLowerCase) {
  const models::BoW bow({"Cat", "dog", "Cat", "the"}, {{"cat", 2}, {"dog", 0.5}}, {.unknown_word_weight = 4});
  const SentenceTransformer model({bow});
  EXPECT_EQ(model.encode(std::string("Cat dog, dog. the")), (std::vector<float>{2, 1, 4}));
  EXPECT_EQ(model.encode(std::string("nothing")), std::vector<float>(3));
  EXPECT_EQ(model.max_seq_length(), 0U);
}

TEST(BoW, ManyTextsWithoutWordsAreEncodedInPortions) {
  std::vector<std::string> vocabulary;
  for (int i = 0; i < 5000; ++i)
    vocabulary.push_back(concat("w", i));
  std::vector<std::string> texts(4000);
  texts[17] = "w3";
  const Embeddings embeddings = SentenceTransformer({models::BoW(vocabulary)}).encode(texts);
  EXPECT_EQ(embeddings[17][3], 1);
  EXPECT_EQ(embeddings[18][3], 0);
}

TEST(BoW, WhatMakesNoSenseIsRefused) {
  test::expect_error([] { models::BoW({}); }, ErrorCode::invalid_argument, {"vocabulary"});
  test::expect_error(
      [] {
        models::BoW({"a"}, {{"a", std::numeric_limits<double>::infinity()}});
      },
      ErrorCode::invalid_argument, {"'a'"});
  const auto refuse = [](const char* config, const char* part) {
    test::expect_error([&] { nn::BoW::from_config(Json::parse(config), "F"); }, ErrorCode::corrupt_data, {"F", part});
  };
  refuse(R"({})", "vocab");
  refuse(R"({"vocab": []})", "vocab");
  refuse(R"({"vocab": ["a"], "word_weights": {"a": "b"}})", "word_weights");
  refuse(R"({"vocab": ["a"], "word_weights": {"a": 1e300}})", "'a'");
}

}  // namespace
}  // namespace sbert
