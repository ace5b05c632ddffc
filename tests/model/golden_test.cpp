#include <cstring>

#include <gtest/gtest.h>

#include <sbert/sentence_transformer.h>

#include "model/implementation.h"
#include "nn/transformer.h"
#include "support/goldens.h"

namespace sbert {
namespace {

std::vector<std::string> golden_texts() {
  return test::golden_json("texts.json").at("texts").get<std::vector<std::string>>();
}

/// Embeddings as one row of numbers.
std::vector<float> flat(const Embeddings& embeddings) {
  return {embeddings.data(), embeddings.data() + embeddings.rows() * embeddings.dimension()};
}

TEST(Golden, TokenIds) {
  const SentenceTransformer model(test::engine_golden("model").string());
  const auto texts = golden_texts();
  const auto ids = test::golden_json("texts.json").at("ids").get<std::vector<std::vector<int32_t>>>();
  for (size_t i = 0; i < texts.size(); ++i)
    EXPECT_EQ(model.tokenize(texts[i]).ids, ids[i]) << texts[i];
}

TEST(Golden, Embeddings) {
  const test::GoldenTensors goldens("embeddings.safetensors");
  for (const std::string name : {"model", "model_dense"}) {
    const SentenceTransformer model(test::engine_golden(name).string());
    const auto ours = model.encode(golden_texts(), {.precision = Precision::f32});
    EXPECT_LE(test::max_difference(flat(ours), goldens.values(name)), 1e-5) << name;
  }
}

TEST(Golden, EmbeddingsWithPrompt) {
  const SentenceTransformer model(test::engine_golden("model_dense").string());
  const auto ours = model.encode(golden_texts(), {.prompt_name = "query", .precision = Precision::f32});
  EXPECT_LE(test::max_difference(flat(ours), test::GoldenTensors("embeddings.safetensors").values("model_dense.query")),
            1e-5);
  EXPECT_THROW(model.encode({"x"}, {.prompt_name = "no such prompt"}), Error);
}

TEST(Golden, LastHiddenState) {
  const SentenceTransformer model(test::engine_golden("model").string());
  const test::GoldenTensors goldens("hidden_states.safetensors");
  const auto texts = golden_texts();
  const auto chosen = test::golden_json("texts.json").at("hidden_texts").get<std::vector<size_t>>();
  const auto& transformer = dynamic_cast<const nn::Transformer&>(model.implementation().input());
  const auto last = std::to_string(transformer.encoder().shape().layers);
  for (const size_t i : chosen) {
    nn::Features features;
    features.batch.append(model.tokenize(texts[i]).ids);
    Execution run;
    transformer.forward(run, features);
    const auto& hidden = features.token_embeddings->value;
    const std::vector<float> ours(hidden.data<float>(), hidden.data<float>() + hidden.size());
    EXPECT_LE(test::max_difference(ours, goldens.values("text" + std::to_string(i) + ".layer" + last)), 1e-5);
  }
}

TEST(Golden, NormalizedAndTruncated) {
  const SentenceTransformer model(test::engine_golden("model").string());
  const auto texts = golden_texts();
  const auto whole = model.encode(texts, {.precision = Precision::f32});
  const auto cut = model.encode(texts, {.normalize = true, .truncate_dim = 8, .precision = Precision::f32});
  ASSERT_EQ(cut.dimension(), 8U);
  for (size_t i = 0; i < texts.size(); ++i) {
    double norm = 0;
    for (size_t j = 0; j < 8; ++j)
      norm += static_cast<double>(whole[i][j]) * whole[i][j];
    for (size_t j = 0; j < 8; ++j)
      EXPECT_NEAR(cut[i][j], whole[i][j] / std::sqrt(norm), 1e-6);
  }
  EXPECT_THROW(model.encode(texts, {.truncate_dim = 33}), Error);
}

TEST(Golden, SavedModelGivesTheSameBits) {
  for (const std::string name : {"model", "model_dense"}) {
    const SentenceTransformer model(test::engine_golden(name).string());
    const auto directory = std::filesystem::path(testing::TempDir()) / ("saved_" + name);
    model.save(directory);
    model.save(directory);  // over an existing model
    const SentenceTransformer again(directory.string());
    EXPECT_EQ(flat(again.encode(golden_texts())), flat(model.encode(golden_texts()))) << name;
    EXPECT_EQ(again.prompts(), model.prompts());
    std::filesystem::remove_all(directory);
  }
}

TEST(BatchInvariance, SameBitsAloneAndTogetherAndForAnyThreadCount) {
  const SentenceTransformer model(test::engine_golden("model").string());
  std::vector<std::string> texts;
  for (int i = 0; i < 40; ++i) {
    for (const auto& text : golden_texts())
      texts.push_back(text);
  }
  for (const Precision precision : {Precision::f32, Precision::automatic}) {
    const auto together = model.encode(texts, {.precision = precision});
    const auto small_batches = model.encode(texts, {.precision = precision, .batch_tokens = 50});
    EXPECT_EQ(flat(together), flat(small_batches));
    for (size_t i = 0; i < 12; ++i) {
      const auto alone = model.encode(texts[i], {.precision = precision});
      EXPECT_EQ(std::memcmp(alone.data(), together[i].data(), alone.size() * sizeof(float)), 0) << texts[i];
    }
  }
}

}  // namespace
}  // namespace sbert
