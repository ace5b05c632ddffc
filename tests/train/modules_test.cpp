#include <map>

#include <gtest/gtest.h>

#include "base/threads.h"
#include "kernels/gemm.h"
#include "support/errors.h"
#include "support/temporary_directory.h"
#include "support/training_data.h"
#include "train/batch_gradients.h"
#include "train/parameter_block.h"

namespace sbert {
namespace {

using models::Module;

/// A model that has the modules under test, after `words`, whose embeddings have 32 dimensions.
struct ModelCase {
  const char* name;
  std::vector<Module> (*modules)(const models::Transformer& words);
};

std::vector<Module> pooled_in_all_ways(const models::Transformer& words) {
  using enum models::PoolingMode;
  return {words, models::Pooling(32, {lasttoken, cls, max, mean, mean_sqrt_len_tokens, weightedmean})};
}

std::vector<Module> with_sentence_modules(const models::Transformer& words) {
  return {words,
          models::Pooling(32),
          models::Dense(32, 24, {.activation = models::Activation::silu, .use_residual = true}),
          models::LayerNorm(24),
          models::Dropout(0.2),
          models::Dense(24, 24, {.bias = false, .use_residual = true}),
          models::Normalize()};
}

std::vector<Module> with_token_modules(const models::Transformer& words) {
  constexpr auto kTokens = models::FeatureName::token_embeddings;
  return {words, models::Dense(32, 16, {.module_input_name = kTokens}), models::Normalize(kTokens),
          models::Pooling(16)};
}

std::vector<Module> with_weighted_layers(const models::Transformer& words) {
  return {words, models::WeightedLayerPooling(32, {.num_hidden_layers = 2, .layer_start = 1}), models::Pooling(32)};
}

std::vector<Module> with_word_weights(const models::Transformer& words) {
  std::vector<std::string> vocabulary;
  for (int i = 0; i < 166; ++i)
    vocabulary.push_back(std::to_string(i));
  return {words, models::WordWeights(vocabulary, {{"50", 0.5}, {"100", 2}, {"120", 3}}, 1.5),
          models::Pooling(32, models::PoolingMode::mean_sqrt_len_tokens)};
}

std::vector<Module> with_cnn(const models::Transformer& words) {
  return {words, models::CNN(32, {.out_channels = 8}), models::Pooling(24, models::PoolingMode::max)};
}

std::vector<Module> with_lstm(const models::Transformer& words) {
  return {words, models::LSTM(32, 20, {.num_layers = 2, .dropout = 0.3}), models::Pooling(40)};
}

class ModelsOf : public testing::TestWithParam<ModelCase> {
 protected:
  SentenceTransformer make() const {
    return SentenceTransformer(GetParam().modules(models::Transformer((directory_ / "model").string())));
  }

  test::TemporaryDirectory directory_;
  std::string source_ = test::small_model(directory_ / "model");
};

std::vector<float> encode_all(const SentenceTransformer& model, const EncodeOptions& options) {
  const auto texts = test::golden_json("texts.json").at("texts").get<std::vector<std::string>>();
  const auto embeddings = model.encode(texts, options);
  return {embeddings.data(), embeddings.data() + embeddings.rows() * embeddings.dimension()};
}

TEST_P(ModelsOf, EncodeToTheSameBitsInAnyCompanyAndAfterSaving) {
  const SentenceTransformer model = make();
  model.save(directory_ / "saved");
  const SentenceTransformer saved((directory_ / "saved").string());
  for (const Precision precision : {Precision::f32, Precision::bf16}) {
    if (precision == Precision::bf16 && !bfloat16_gemm_available()) continue;
    const auto alone = encode_all(model, {.precision = precision, .batch_tokens = 1});
    EXPECT_EQ(encode_all(model, {.precision = precision, .batch_tokens = 30}), alone);
    EXPECT_EQ(encode_all(saved, {.precision = precision}), alone);
    set_thread_count(2);
    EXPECT_EQ(encode_all(model, {.precision = precision}), alone);
    set_thread_count(1);
    EXPECT_EQ(encode_all(model, {.precision = precision}), alone);
    set_thread_count(0);
  }
}

using Values = std::map<std::string, std::vector<float>>;

/// Of all modules but the first.
Values own_parameters(const SentenceTransformer& model) {
  Values values;
  const auto& modules = model.implementation().modules();
  for (size_t i = 1; i < modules.size(); ++i) {
    for (const auto& parameter : modules[i].module->parameters()) {
      const float* data = parameter->value.data<float>();
      values[std::to_string(i) + "/" + parameter->parts.front().name] = {data, data + parameter->value.size()};
    }
  }
  return values;
}

TEST_P(ModelsOf, TrainEveryParameterToTheSameBytesEachTime) {
  std::vector<float> first;
  for (const int threads : {2, 1}) {
    set_thread_count(threads);
    SentenceTransformer model = make();
    const Values before = own_parameters(model);
    const losses::MultipleNegativesRankingLoss loss(model);
    model.fit({{DataLoader(test::small_pairs(), {.batch_size = 4}), loss}},
              {.epochs = 3, .learning_rate = 1e-3, .precision = Precision::f32});
    set_thread_count(0);
    if (first.empty()) first = test::all_values(model);
    EXPECT_EQ(test::all_values(model), first);
    const Values after = own_parameters(model);
    for (const auto& [name, values] : before)
      EXPECT_NE(values, after.at(name)) << name;
  }
}

TEST_P(ModelsOf, GradientsInPiecesAreThoseOfTheWholeBatch) {
  SentenceTransformer model = make();
  ParameterBlock block(model.implementation().parameters());
  const losses::MultipleNegativesRankingLoss loss(model);
  const ObjectiveBatches batches(
      {DataLoader(test::small_pairs(), {.batch_size = 8, .shuffle = false}), loss, 1, {"red: ", ""}},
      model.implementation().input(), {.seed = 1});
  const auto compute = [&](int64_t piece_tokens) {
    block.clear_gradients();
    BatchGradients(model.implementation(), {.seed = 3, .piece_tokens = piece_tokens})
        .add(batches.loss(), batches.batch(0), 5, 0.5);
    std::vector<float> values;
    for (const auto& parameter : block.parameters()) {
      const float* data = parameter->gradient.data<float>();
      values.insert(values.end(), data, data + parameter->gradient.size());
    }
    return values;
  };
  const auto whole = compute(0);
  EXPECT_LE(test::max_difference(compute(1), whole, true), 1e-5);
  EXPECT_LE(test::max_difference(compute(40), whole, true), 1e-5);
}

TEST(Modules, ThatDoNotFitAreNamed) {
  const models::Transformer words(test::engine_golden("model").string());
  const models::Pooling pooling(32);
  const auto refuse = [](const std::vector<Module>& modules, const std::vector<std::string>& parts) {
    test::expect_error([&] { const SentenceTransformer model(modules); }, ErrorCode::invalid_argument, parts);
  };
  refuse({words, pooling, models::Dense(64, 16)},
         {"module 2", "Dense", "sentence embeddings of dimension 64, gets 32"});
  refuse({words, pooling, models::LayerNorm(16)}, {"module 2", "LayerNorm", "16, gets 32"});
  refuse({words, models::CNN(16), pooling}, {"module 1", "CNN", "token embeddings of dimension 16, gets 32"});
  refuse({words, models::LSTM(32, 8), pooling}, {"module 2", "Pooling", "32, gets 16"});
  refuse({words, models::WeightedLayerPooling(32), pooling}, {"module 1", "12 hidden layers, gets 2"});
  refuse({words, models::Normalize(), pooling}, {"module 1", "Normalize", "put Pooling before it"});
  refuse({words, models::LSTM(32, 8)}, {"add Pooling"});
  refuse({pooling}, {"begins with a module that reads text"});
  refuse({words, pooling, models::Normalize(models::FeatureName::token_embeddings), models::Dense(16, 8)},
         {"module 3", "16, gets 32"});
}

INSTANTIATE_TEST_SUITE_P(All, ModelsOf,
                         testing::Values(ModelCase{"pooling", pooled_in_all_ways},
                                         ModelCase{"sentence_modules", with_sentence_modules},
                                         ModelCase{"token_modules", with_token_modules},
                                         ModelCase{"weighted_layers", with_weighted_layers},
                                         ModelCase{"word_weights", with_word_weights}, ModelCase{"cnn", with_cnn},
                                         ModelCase{"lstm", with_lstm}),
                         [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace sbert
