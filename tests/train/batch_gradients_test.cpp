#include "train/batch_gradients.h"

#include <map>

#include <gtest/gtest.h>

#include "support/temporary_directory.h"
#include "support/training_data.h"
#include "train/parameter_block.h"

namespace sbert {
namespace {

struct Gradients {
  double loss;
  std::vector<float> values;
  std::map<std::string, std::vector<int32_t>> touched;
};

class InPieces : public testing::Test {
 protected:
  InPieces() : model_(test::small_model(directory_ / "model")), block_(model_.implementation().parameters()) {}

  Gradients compute(const losses::Loss& loss, std::vector<InputExample> examples, int64_t piece_tokens) {
    ObjectiveBatches batches({DataLoader(std::move(examples), {.batch_size = 8, .shuffle = false}), loss},
                             model_.implementation().input(), {.seed = 1});
    block_.clear_gradients();
    const BatchGradients gradients(model_.implementation(), {.seed = 3, .piece_tokens = piece_tokens});
    Gradients result{.loss = gradients.add(batches.loss(), batches.batch(0), 5, 0.5), .values = {}, .touched = {}};
    for (const auto& parameter : block_.parameters()) {
      const float* data = parameter->gradient.data<float>();
      result.values.insert(result.values.end(), data, data + parameter->gradient.size());
      result.touched[parameter->parts.front().name] = parameter->touched;
    }
    return result;
  }

  test::TemporaryDirectory directory_;
  SentenceTransformer model_;
  ParameterBlock block_;
};

TEST_F(InPieces, GradientsAreThoseOfTheWholeBatchAlsoWithDropout) {
  const losses::MultipleNegativesRankingLoss loss(model_);
  const Gradients whole = compute(loss, test::small_pairs(), 0);
  EXPECT_EQ(whole.values, compute(loss, test::small_pairs(), 1'000'000).values);
  for (const int64_t piece_tokens : {1, 20, 50}) {  // 1: every text by itself
    const Gradients pieces = compute(loss, test::small_pairs(), piece_tokens);
    EXPECT_NEAR(pieces.loss, whole.loss, 1e-5);
    EXPECT_LE(test::max_difference(pieces.values, whole.values, true), 1e-5) << piece_tokens;
    EXPECT_EQ(pieces.touched, whole.touched);
  }
}

TEST_F(InPieces, DropoutIsOn) {
  const losses::MultipleNegativesRankingLoss loss(model_);
  const SentenceTransformer without(test::engine_golden("model").string());
  ObjectiveBatches batches({DataLoader(test::small_pairs(), {.batch_size = 8, .shuffle = false}), loss},
                           model_.implementation().input(), {.seed = 1});
  ParameterBlock block(without.implementation().parameters());
  const double plain = BatchGradients(without.implementation(), {}).add(batches.loss(), batches.batch(0), 5, 1);
  EXPECT_GT(std::abs(plain - compute(loss, test::small_pairs(), 20).loss), 1e-3);
}

}  // namespace
}  // namespace sbert
