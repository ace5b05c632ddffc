#include "train/freeze.h"

#include <gtest/gtest.h>

#include "support/errors.h"
#include "support/temporary_directory.h"
#include "support/training_data.h"

namespace sbert {
namespace {

std::vector<float> values(const SentenceTransformer& model, bool frozen) {
  std::vector<float> all;
  for (const auto& parameter : model.implementation().parameters()) {
    const std::string& name = parameter->parts.front().name;
    const bool is_frozen = name.starts_with("embeddings.") || name.starts_with("encoder.layer.0.");
    if (is_frozen != frozen) continue;
    const float* data = parameter->value.data<float>();
    all.insert(all.end(), data, data + parameter->value.size());
  }
  return all;
}

TEST(Freeze, FrozenParametersStayAndOthersMove) {
  const test::TemporaryDirectory directory;
  SentenceTransformer model(test::small_model(directory / "model"));
  const auto frozen = values(model, true);
  const auto trained = values(model, false);
  const losses::MultipleNegativesRankingLoss loss(model);
  FitOptions options{.max_steps = 2, .learning_rate = 1e-3};
  options.freeze = {"embeddings.", "0.encoder.layer.0."};
  model.fit({{DataLoader(test::small_pairs(), {.batch_size = 4}), loss}}, options);
  EXPECT_EQ(values(model, true), frozen);
  EXPECT_NE(values(model, false), trained);

  options.freeze = {};  // the next run trains all again
  model.fit({{DataLoader(test::small_pairs(), {.batch_size = 4}), loss}}, options);
  EXPECT_NE(values(model, true), frozen);
}

TEST(Freeze, RefusesWhatItCannotFreeze) {
  SentenceTransformer model(test::engine_golden("model").string());
  const auto freeze = [&](const std::string& prefix) {
    return [&model, prefix] { FrozenParameters(model.implementation(), std::vector{prefix}); };
  };
  test::expect_error(freeze("embedings"), ErrorCode::invalid_argument, {"embedings"});
  test::expect_error(freeze("encoder.layer.0.attention.self.query"), ErrorCode::invalid_argument, {"fused"});
}

TEST(Freeze, ModelsWithNothingToTrainAreRefused) {
  SentenceTransformer model({models::BoW({"a", "b"})});
  const losses::MultipleNegativesRankingLoss loss(model);
  test::expect_error(
      [&] {
        model.fit({{DataLoader(test::small_pairs(), {.batch_size = 4}), loss}}, {.max_steps = 1});
      },
      ErrorCode::invalid_argument, {"nothing to train"});
}

TEST(Freeze, ModulesOfARouterAreNamedByTheirDirectory) {
  const SentenceTransformer model(test::golden_path("router", "shared").string());
  {
    const FrozenParameters frozen(model.implementation(), std::vector<std::string>{"0.query_0_Transformer."});
    const auto parameters = model.implementation().parameters();
    EXPECT_TRUE(parameters.front()->frozen);
    EXPECT_FALSE(parameters.back()->frozen);
  }
  EXPECT_FALSE(model.implementation().parameters().front()->frozen);
}

}  // namespace
}  // namespace sbert
