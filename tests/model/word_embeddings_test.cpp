#include <cmath>

#include <gtest/gtest.h>

#include <sbert/sentence_transformer.h>

#include "base/files.h"
#include "model/implementation.h"
#include "support/errors.h"
#include "support/goldens.h"
#include "support/temporary_directory.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> word_golden_texts() {
  return read_json_file(test::golden_path("words", "words.json")).at("texts").get<std::vector<std::string>>();
}

void expect_embeddings(const SentenceTransformer& model, const std::string& name) {
  const auto expected = test::GoldenTensors("words.safetensors", "words").values(name + ".embeddings");
  const auto ours = model.encode(word_golden_texts(), {.precision = Precision::f32});
  const std::vector<float> flat(ours.data(), ours.data() + ours.rows() * ours.dimension());
  ASSERT_EQ(flat.size(), expected.size());
  EXPECT_LE(test::max_difference(flat, expected), 1e-6);
}

class WordModels : public testing::TestWithParam<std::string> {};

TEST_P(WordModels, EmbeddingsAreThoseOfPythonAlsoWhenSaved) {
  const test::TemporaryDirectory directory;
  const SentenceTransformer model(test::golden_path("words", GetParam()).string());
  expect_embeddings(model, GetParam());
  model.save(directory / "saved");
  const SentenceTransformer saved((directory / "saved").string());
  expect_embeddings(saved, GetParam());
  EXPECT_EQ(saved.max_seq_length(), model.max_seq_length());
  EXPECT_EQ(saved.implementation().parameters().front()->frozen, GetParam() != "lower");
}

INSTANTIATE_TEST_SUITE_P(All, WordModels, testing::Values("whitespace", "lower", "phrase", "hugging_face"));

TEST(WordEmbeddings, FromATextFileAsInPython) {
  const auto file = test::golden_path("words", "vectors.txt.gz");
  const std::pair<std::string, models::WordEmbeddingsOptions> cases[] = {
      {"whitespace", {}},
      {"lower", {.tokenizer = models::WhitespaceTokenizer{{"the", "cat,"}, true}, .max_seq_length = 3}},
      {"phrase", {.tokenizer = models::PhraseTokenizer{.max_ngram_length = 3}}},
  };
  for (const auto& [name, options] : cases) {
    const auto words = models::WordEmbeddings::from_text_file(file, options);
    expect_embeddings(SentenceTransformer({words, models::Pooling(words.embedding_dimension())}), name);
  }
}

TEST(WordEmbeddings, ATextWithoutKnownWordsIsZero) {
  const models::WordEmbeddings words(Embeddings(2, 3, {0, 0, 0, 1, 2, 3}), {"PADDING_TOKEN", "cat"});
  for (const auto mode : {models::PoolingMode::mean, models::PoolingMode::max, models::PoolingMode::cls}) {
    const SentenceTransformer model({words, models::Pooling(3, mode), models::Normalize()});
    EXPECT_EQ(model.encode(std::string("zzz the")), std::vector<float>(3));
    EXPECT_EQ(model.encode({"zzz", "", "cat"}).rows(), 3U);
  }
}

TEST(WordEmbeddings, WordsWithoutRowsAreRefused) {
  test::expect_error(
      [] {
        models::WordEmbeddings(Embeddings(1, 3), {"a", "b"});
      },
      ErrorCode::invalid_argument, {"2 words", "1 embeddings"});
  const test::TemporaryDirectory directory;
  fs::copy(test::golden_path("words", "whitespace"), directory.path(), fs::copy_options::recursive);
  const std::vector<float> values(10);
  const auto weights = directory / "model.safetensors";
  const auto load = [&] { SentenceTransformer(directory.path().string()); };
  write_safetensors(weights, std::vector<TensorToWrite>{{"emb_layer.weight", {10}, values.data()}}, {});
  test::expect_error(load, ErrorCode::corrupt_data, {"emb_layer.weight", "two axes"});
  write_safetensors(weights, std::vector<TensorToWrite>{{"other", {2, 5}, values.data()}}, {});
  test::expect_error(load, ErrorCode::not_found, {"emb_layer.weight"});
}

TEST(WordEmbeddings, AnIdBeyondTheTableIsAnErrorAndNotARead) {
  const test::TemporaryDirectory directory;
  fs::copy(test::golden_path("words", "hugging_face"), directory.path(), fs::copy_options::recursive);
  const fs::path file = directory / "tokenizer.json";
  Json tokenizer = read_json_file(file);
  tokenizer["model"]["vocab"]["cat"] = 1'000'000;
  write_file_atomically(file, tokenizer.dump());
  const SentenceTransformer model(directory.path().string());
  test::expect_error([&] { model.encode(std::string("cat")); }, ErrorCode::corrupt_data,
                     {"'cat' (1000000)", "no embedding"});
}

}  // namespace
}  // namespace sbert
