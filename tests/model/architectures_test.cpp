#include <algorithm>
#include <map>
#include <numeric>

#include <gtest/gtest.h>

#include <sbert/sentence_transformer.h>

#include "kernels/gemm.h"
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

double largest(const std::vector<float>& values) {
  double largest = 0;
  for (const float value : values)
    largest = std::max(largest, static_cast<double>(std::abs(value)));
  return largest;
}

double cosine(const std::vector<float>& a, const std::vector<float>& b) {
  const auto dot = [](const auto& x, const auto& y) { return std::inner_product(x.begin(), x.end(), y.begin(), 0.0); };
  return dot(a, b) / std::sqrt(dot(a, a) * dot(b, b));
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

  /// What goes into each layer, and what comes out of the last.
  std::vector<std::vector<float>> layers_of(Precision precision) const {
    nn::Features features{.batch = batch(), .keep_layers = true};
    Execution run{.gemm_input = model_.implementation().prepare(precision)};
    transformer().forward(run, features);
    std::vector<std::vector<float>> layers;
    for (const Var& layer : features.layer_embeddings)
      layers.push_back(flat(layer->value));
    EXPECT_EQ(layers.size(), 3U);
    return layers;
  }
  std::vector<float> expected_layer(size_t layer) const { return of_all_texts("layer" + std::to_string(layer)); }

  /// Of the weighted sum of what comes out of the last layer: one for each tensor on disk, under its name.
  std::map<std::string, std::vector<float>> gradients(Precision precision) const {
    Tape tape;
    Execution run{.tape = &tape, .gemm_input = model_.implementation().prepare(precision)};
    nn::Features features{.batch = batch()};
    transformer().forward(run, features);
    const auto weights = of_all_texts("weights");
    features.token_embeddings->gradient = Tensor::borrow(weights.data(), features.token_embeddings->rows(),
                                                         features.token_embeddings->cols(), std::make_shared<int>());
    tape.backward();

    std::map<std::string, std::vector<float>> all;
    for (const auto& parameter : transformer().parameters()) {
      const float* from = parameter->gradient.data<float>();
      for (const auto& part : parameter->parts) {
        const int64_t count = element_count(part.shape);
        all[part.name].assign(from, from + count);
        from += count;
      }
    }
    const auto expected = std::ranges::count_if(
        tensors_.all(), [](const StoredTensor& tensor) { return tensor.name.starts_with("gradient."); });
    EXPECT_EQ(all.size(), static_cast<size_t>(expected));
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
  const auto layers = layers_of(Precision::f32);
  for (size_t layer = 0; layer < layers.size(); ++layer) {
    ASSERT_EQ(layers[layer].size(), expected_layer(layer).size());
    EXPECT_LE(test::max_difference(layers[layer], expected_layer(layer)), 1e-5) << "layer " << layer;
  }
}

TEST_P(Architectures, GradientOfEveryParameter) {
  for (const auto& [name, found] : gradients(Precision::f32)) {
    const auto expected = tensors_.values("gradient." + name);
    // Relative to the largest element; biases of keys have gradient 0 but for rounding.
    EXPECT_LE(test::max_difference(found, expected), 1e-5 * std::max(1.0, largest(expected))) << name;
  }
}

TEST_P(Architectures, LayersAndGradientsInBfloat16) {
  if (!bfloat16_gemm_available()) GTEST_SKIP() << "this CPU does not multiply bf16";
  const auto layers = layers_of(Precision::bf16);
  for (size_t layer = 0; layer < layers.size(); ++layer)
    EXPECT_GE(cosine(layers[layer], expected_layer(layer)), 0.9999) << "layer " << layer;
  for (const auto& [name, found] : gradients(Precision::bf16)) {
    const auto expected = tensors_.values("gradient." + name);
    if (largest(expected) < 1e-6) continue;  // biases of keys
    EXPECT_GE(cosine(found, expected), 0.999) << name;
  }
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
                         testing::Values("bert", "bert.decoder", "camembert", "distilbert", "distilbert.quick", "mpnet",
                                         "roberta", "roberta.decoder", "xlm-roberta"),
                         [](const auto& test_case) {
                           std::string name = test_case.param;
                           std::erase_if(name, [](char c) { return c == '-' || c == '.'; });
                           return name;
                         });

TEST(RelativePosition, BucketsOfAllDistances) {
  const auto expected =
      read_json_file(test::golden_path("architectures", "mpnet.json")).at("buckets").get<std::vector<int32_t>>();
  EXPECT_EQ(nn::relative_buckets(static_cast<int64_t>(expected.size() + 1) / 2, 32), expected);
}

}  // namespace
}  // namespace sbert
