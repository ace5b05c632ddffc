#include <gtest/gtest.h>

#include <sbert/sentence_transformer.h>

#include "model/implementation.h"
#include "nn/relative_position.h"
#include "nn/transformer.h"
#include "support/goldens.h"
#include "support/temporary_directory.h"

namespace sbert {
namespace {

std::vector<float> flat(const Tensor& tensor) {
  return {tensor.data<float>(), tensor.data<float>() + tensor.size()};
}

/// A tiny model of one architecture and what Python computed with it.
class Architectures : public testing::TestWithParam<std::string> {
 protected:
  Architectures()
      : description_(read_json_file(test::golden_path("architectures", GetParam() + ".json"))),
        tensors_(GetParam() + ".safetensors", "architectures"),
        model_(test::golden_path("architectures", GetParam()).string()),
        texts_(description_.at("texts").get<std::vector<std::string>>()) {}

  const nn::Transformer& transformer() const {
    return dynamic_cast<const nn::Transformer&>(model_.implementation().input());
  }
  PackedBatch batch() const {
    PackedBatch all;
    for (const auto& text : texts_)
      all.append(model_.tokenize(text).ids);
    return all;
  }
  /// One tensor of each text, below each other.
  std::vector<float> of_all_texts(const std::string& what) const {
    std::vector<float> all;
    for (size_t i = 0; i < texts_.size(); ++i) {
      const auto part = tensors_.values("text" + std::to_string(i) + "." + what);
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }

  Json description_;
  test::GoldenTensors tensors_;
  SentenceTransformer model_;
  std::vector<std::string> texts_;
};

TEST_P(Architectures, TokenIds) {
  const auto ids = description_.at("ids").get<std::vector<std::vector<int32_t>>>();
  for (size_t i = 0; i < texts_.size(); ++i)
    EXPECT_EQ(model_.tokenize(texts_[i]).ids, ids[i]) << texts_[i];
}

TEST_P(Architectures, EveryLayer) {
  nn::Features features{.batch = batch(), .keep_layers = true};
  Execution run;
  transformer().forward(run, features);
  ASSERT_EQ(features.layer_embeddings.size(), 3U);
  for (size_t layer = 0; layer < features.layer_embeddings.size(); ++layer) {
    const auto expected = of_all_texts("layer" + std::to_string(layer));
    const auto ours = flat(features.layer_embeddings[layer]->value);
    ASSERT_EQ(ours.size(), expected.size());
    EXPECT_LE(test::max_difference(ours, expected), 1e-5) << "layer " << layer;
  }
}

TEST_P(Architectures, GradientOfEveryParameter) {
  Tape tape;
  Execution run{.tape = &tape};
  nn::Features features{.batch = batch()};
  transformer().forward(run, features);
  const auto weights = of_all_texts("weights");
  features.token_embeddings->gradient = Tensor::borrow(weights.data(), features.token_embeddings->rows(),
                                                       features.token_embeddings->cols(), std::make_shared<int>());
  tape.backward();

  size_t compared = 0;
  for (const auto& parameter : transformer().parameters()) {
    const auto ours = flat(parameter->gradient);
    size_t begin = 0;
    for (const auto& part : parameter->parts) {
      const auto expected = tensors_.values("gradient." + part.name);
      double largest = 0;
      for (const float x : expected)
        largest = std::max(largest, static_cast<double>(std::abs(x)));
      const std::vector<float> found(ours.begin() + static_cast<ptrdiff_t>(begin),
                                     ours.begin() + static_cast<ptrdiff_t>(begin + expected.size()));
      // Relative to the largest element; biases of keys have gradient 0 but for rounding.
      EXPECT_LE(test::max_difference(found, expected), 1e-5 * std::max(1.0, largest)) << part.name;
      begin += expected.size();
      ++compared;
    }
  }
  size_t expected_count = 0;
  for (const auto& tensor : tensors_.all())
    expected_count += tensor.name.starts_with("gradient.") ? 1 : 0;
  EXPECT_EQ(compared, expected_count);
}

TEST_P(Architectures, PlainCheckpointWithAHeadGetsMeanPooling) {
  const auto ours = model_.encode(texts_, {.precision = Precision::f32});
  const std::vector<float> found(ours.data(), ours.data() + ours.rows() * ours.dimension());
  EXPECT_LE(test::max_difference(found, tensors_.values("embeddings")), 1e-5);
}

TEST_P(Architectures, SameBitsAloneTogetherAndSaved) {
  const test::TemporaryDirectory directory;
  model_.save(directory / "saved");
  const SentenceTransformer saved((directory / "saved").string());
  for (const Precision precision : {Precision::f32, Precision::automatic}) {
    const auto together = model_.encode(texts_, {.precision = precision});
    for (size_t i = 0; i < texts_.size(); ++i) {
      const std::vector<float> row(together[i].begin(), together[i].end());
      EXPECT_EQ(model_.encode(texts_[i], {.precision = precision}), row) << texts_[i];
      EXPECT_EQ(saved.encode(texts_[i], {.precision = precision}), row) << texts_[i];
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, Architectures,
                         testing::Values("bert", "camembert", "distilbert", "mpnet", "roberta", "xlm-roberta"),
                         [](const auto& test_case) {
                           std::string name = test_case.param;
                           std::erase(name, '-');
                           return name;
                         });

TEST(RelativePosition, BucketsOfAllDistances) {
  const auto expected =
      read_json_file(test::golden_path("architectures", "mpnet.json")).at("buckets").get<std::vector<int32_t>>();
  EXPECT_EQ(nn::relative_buckets(static_cast<int64_t>(expected.size() + 1) / 2, 32), expected);
}

}  // namespace
}  // namespace sbert
