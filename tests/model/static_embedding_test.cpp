#include "nn/static_embedding.h"

#include <gtest/gtest.h>

#include <sbert/sentence_transformer.h>

#include "base/files.h"
#include "model/implementation.h"
#include "model/static_weights.h"
#include "support/errors.h"
#include "support/goldens.h"
#include "support/temporary_directory.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> golden_texts() {
  return read_json_file(test::golden_path("static", "static.json")).at("texts").get<std::vector<std::string>>();
}

struct StaticModel {
  std::string name;
  size_t max_length;  ///< the tokenizer's own truncation
};

class StaticModels : public testing::TestWithParam<StaticModel> {};

TEST_P(StaticModels, EmbeddingsAreThoseOfPythonAlsoWhenSaved) {
  const test::GoldenTensors tensors("static.safetensors", "static");
  const auto expected = tensors.values(GetParam().name + ".embeddings");
  const test::TemporaryDirectory directory;
  const SentenceTransformer model(test::golden_path("static", GetParam().name).string());
  EXPECT_EQ(model.max_seq_length(), GetParam().max_length);
  model.save(directory / "saved");
  const SentenceTransformer saved((directory / "saved").string());
  for (const auto* one : {&model, &saved}) {
    const auto ours = one->encode(golden_texts(), {.precision = Precision::f32});
    const std::vector<float> flat(ours.data(), ours.data() + ours.rows() * ours.dimension());
    ASSERT_EQ(flat.size(), expected.size());
    EXPECT_LE(test::max_difference(flat, expected), 1e-6);
  }
}

INSTANTIATE_TEST_SUITE_P(All, StaticModels,
                         testing::Values(StaticModel{"plain", 100}, StaticModel{"model2vec", 512},
                                         StaticModel{"model2vec_int8", 512}),
                         [](const auto& model) { return model.param.name; });

TEST(StaticEmbedding, GradientIsThatOfPython) {
  const test::GoldenTensors tensors("static.safetensors", "static");
  const SentenceTransformer model(test::golden_path("static", "plain").string());
  const auto& module = dynamic_cast<const nn::StaticEmbedding&>(model.implementation().input());
  Tape tape;
  Execution run{.tape = &tape};
  nn::Features features;
  for (const auto& text : golden_texts())
    features.batch.append(model.tokenize(text).ids);
  module.forward(run, features);
  const auto weights = tensors.values("weights");
  features.sentence_embedding->gradient = Tensor::borrow(weights.data(), features.sentence_embedding->rows(),
                                                         features.sentence_embedding->cols(), std::make_shared<int>());
  tape.backward();
  const Tensor& gradient = module.table()->gradient;
  const std::vector<float> ours(gradient.data<float>(), gradient.data<float>() + gradient.size());
  EXPECT_LE(test::max_difference(ours, tensors.values("gradient")), 1e-6);
}

TEST(StaticEmbedding, ANewOneIsRandomAndEncodesTextsWithoutTokensAsZero) {
  const std::string directory = test::golden_path("static", "plain").string();
  const SentenceTransformer model({models::StaticEmbedding(directory, 16, 3)});
  EXPECT_EQ(model.embedding_dimension(), 16U);
  EXPECT_EQ(model.encode(std::string()), std::vector<float>(16));
  const auto one = model.encode(std::string("red car"));
  EXPECT_EQ(one, SentenceTransformer({models::StaticEmbedding(directory, 16, 3)}).encode(std::string("red car")));
  EXPECT_NE(one, SentenceTransformer({models::StaticEmbedding(directory, 16, 4)}).encode(std::string("red car")));
}

/// A model2vec directory with one tensor changed must be refused.
void expect_refused(const std::vector<TensorToWrite>& tensors, ErrorCode code, const std::string& part) {
  const test::TemporaryDirectory directory;
  fs::copy(test::golden_path("static", "model2vec") / "tokenizer.json", directory / "tokenizer.json");
  write_safetensors(directory / "model.safetensors", tensors, {});
  test::expect_error([&] { open_static_embedding(directory.path()); }, code, {part});
}

TEST(StaticEmbedding, WrongTablesAreRefused) {
  const std::vector<float> values(600);
  expect_refused({{"other", {100, 6}, values.data()}}, ErrorCode::not_found, "embedding.weight");
  expect_refused({{"embeddings", {600}, values.data()}}, ErrorCode::corrupt_data, "two axes");
  expect_refused({{"embeddings", {100, 6}, values.data()}, {"weights", {7}, values.data()}}, ErrorCode::corrupt_data,
                 "7 values");
  expect_refused({{"embeddings", {100, 6}, values.data()}, {"mapping", {100}, values.data()}}, ErrorCode::unsupported,
                 "mapping");
}

}  // namespace
}  // namespace sbert
