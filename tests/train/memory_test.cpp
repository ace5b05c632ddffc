#include "train/memory.h"

#include <gtest/gtest.h>

#include "support/errors.h"
#include "support/temporary_directory.h"
#include "support/training_data.h"
#include "tensor/buffer_pool.h"
#include "train/parameter_block.h"

namespace sbert {
namespace {

class Memory : public testing::Test {
 protected:
  Memory() : model_(test::small_model(directory_ / "model")), loss_(model_) {}

  FitPlan plan(uint64_t budget) {
    FitOptions options{.epochs = 2, .precision = Precision::f32};
    options.memory_budget = budget;
    return model_.plan_fit(std::vector{Objective{DataLoader(test::small_pairs(), {.batch_size = 4}), loss_}}, options);
  }

  test::TemporaryDirectory directory_;
  SentenceTransformer model_;
  losses::MultipleNegativesRankingLoss loss_;
};

TEST_F(Memory, APlanChangesNothing) {
  const auto before = test::all_values(model_);
  const FitPlan free = plan(0);
  EXPECT_EQ(test::all_values(model_), before);
  EXPECT_EQ(free.steps_per_epoch, 2U);
  EXPECT_EQ(free.total_steps, 4U);
  EXPECT_EQ(free.piece_tokens, 0U);
  EXPECT_EQ(free.pieces_per_batch, 1U);
  uint64_t tokens = 0;
  for (const auto& pair : test::small_pairs()) {
    for (const auto& text : pair.texts)
      tokens += model_.tokenize(text).ids.size();
  }
  EXPECT_EQ(free.tokens_per_epoch, tokens);
  EXPECT_GT(free.bytes_per_token, 0U);
  EXPECT_GT(free.seconds_per_epoch, 0);
}

TEST_F(Memory, ASmallBudgetMakesPiecesAndATooSmallOneAnError) {
  const FitPlan free = plan(0);
  const uint64_t half = free.largest_batch_tokens / 2;
  const FitPlan tight = plan(free.fixed_bytes + half * free.bytes_per_token);
  EXPECT_GT(tight.piece_tokens, 0U);
  EXPECT_LE(tight.piece_tokens, half);  // a token takes a little more where there are few
  EXPECT_GE(tight.pieces_per_batch, 2U);
  EXPECT_LE(tight.peak_bytes, tight.budget_bytes);
  test::expect_error([&] { plan(free.fixed_bytes); }, ErrorCode::invalid_argument, {"memory budget", "MiB"});
}

TEST_F(Memory, LookingWhatATokenTakesStaysInTheBudget) {
  const ObjectiveBatches batches({DataLoader(test::small_pairs(), {.batch_size = 4}), loss_},
                                 model_.implementation().input(), {.seed = 1});
  const ParameterBlock block(model_.implementation().parameters());
  const auto peak = [&](uint64_t tokens) {
    MemoryEstimate estimate(model_.implementation(), {&batches, 1}, DType::f32, false);
    const size_t before = buffer_usage().in_use;
    estimate.measure_token(model_.implementation(), {&batches, 1}, DType::f32,
                           estimate.fixed_bytes() + tokens * estimate.bytes_per_token());
    return buffer_usage().peak - before;
  };
  EXPECT_LT(peak(20), peak(2000) / 2);
  EXPECT_GT(peak(0), 0U);  // of one text
}

TEST(AvailableMemory, IsKnownOnLinux) {
  EXPECT_GT(available_memory(), uint64_t{1} << 20);
}

}  // namespace
}  // namespace sbert
