#include "train/adamw.h"

#include <cstring>
#include <utility>

#include <gtest/gtest.h>

#include "base/rng.h"
#include "tensor/ops/embedding.h"

namespace sbert {
namespace {

constexpr int64_t kRows = 20;
constexpr int64_t kCols = 24;

std::vector<ParameterPtr> one_table(bool sparse) {
  auto table = make_embedding({"table", {kRows, kCols}});
  table->sparse_rows = sparse;
  table->value = Tensor::empty(kRows, kCols);
  Rng rng(3);
  for (int64_t i = 0; i < table->value.size(); ++i)
    table->value.data<float>()[i] = static_cast<float>(rng.uniform() - 0.5);
  return {table};
}

/// Trains with gradients in a few rows each step; returns the table.
std::vector<float> train(bool sparse) {
  const auto parameters = one_table(sparse);
  ParameterBlock block(parameters);
  AdamW optimizer(block, {.weight_decay = 0.1});
  Rng rng(4);
  for (int step = 0; step < 12; ++step) {
    block.clear_gradients();
    Parameter& table = *parameters[0];
    for (const int64_t row : {static_cast<int64_t>(step / 2), static_cast<int64_t>(8 + step % 5)}) {
      for (int64_t j = 0; j < kCols; ++j)
        table.gradient.row<float>(row)[j] = static_cast<float>(rng.uniform() - 0.5);
      if (sparse) table.touched.push_back(static_cast<int32_t>(row));
    }
    optimizer.step(0.01 / (step + 1), 0.7);
    if (step == 6) optimizer.finish();  // an evaluation in between
  }
  optimizer.finish();
  const float* values = parameters[0]->value.data<float>();
  return {values, values + kRows * kCols};
}

TEST(AdamW, UntouchedRowsEqualTheDenseUpdateToTheLastBit) {
  const auto lazy = train(true);
  const auto dense = train(false);
  EXPECT_EQ(std::memcmp(lazy.data(), dense.data(), lazy.size() * sizeof(float)), 0);
}

/// What a batch reads is what the dense update would have left, whenever it reads it.
TEST(AdamW, RowsThatAreReadHaveHadTheirDecay) {
  const auto lazy = one_table(true), dense = one_table(false);
  ParameterBlock lazy_block(lazy), dense_block(dense);
  AdamW lazy_optimizer(lazy_block, {.weight_decay = 0.1}), dense_optimizer(dense_block, {.weight_decay = 0.1});
  Execution run;
  for (int32_t step = 0; step < 6; ++step) {
    for (const auto& [block, optimizer] :
         {std::pair(&lazy_block, &lazy_optimizer), std::pair(&dense_block, &dense_optimizer)}) {
      block->clear_gradients();
      optimizer->step(0.01, 1);
    }
    const std::vector<int32_t> ids{step, 3, step, 19};
    const Var ours = embedding_sum(run, {{.table = lazy[0], .ids = ids}});
    const Var theirs = embedding_sum(run, {{.table = dense[0], .ids = ids}});
    EXPECT_EQ(std::memcmp(ours->value.data<float>(), theirs->value.data<float>(), 4 * kCols * sizeof(float)), 0);
  }
}

}  // namespace
}  // namespace sbert
