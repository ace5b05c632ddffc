#include <gtest/gtest.h>

#include <sbert/error.h>

#include "tensor/jacobian.h"
#include "tensor/ops/activation.h"
#include "tensor/ops/attention.h"
#include "tensor/ops/criterion.h"
#include "tensor/ops/distance.h"
#include "tensor/ops/elementwise.h"
#include "tensor/ops/embedding.h"
#include "tensor/ops/layer_mean.h"
#include "tensor/ops/layer_norm.h"
#include "tensor/ops/linear.h"
#include "tensor/ops/lstm.h"
#include "tensor/ops/pooling.h"
#include "tensor/ops/rows.h"
#include "tensor/ops/scalar_function.h"
#include "tensor/ops/token_weights.h"
#include "tensor/ops/unfold.h"

namespace sbert {
namespace {

PackedBatch three_sequences() {
  PackedBatch batch;
  batch.append(std::vector<int32_t>{1, 2, 3, 1});
  batch.append(std::vector<int32_t>{4});
  batch.append(std::vector<int32_t>{2, 2});
  return batch;
}

TEST(OpsGradient, Linear) {
  const auto x = random_variable(5, 3, 1), w = random_variable(4, 3, 2), b = random_variable(1, 4, 3);
  expect_gradients({x, w, b}, [&](Execution& run) { return linear(run, x, w, b); });
}

TEST(OpsGradient, LinearGelu) {
  const auto x = random_variable(5, 3, 1), w = random_variable(4, 3, 2), b = random_variable(1, 4, 3);
  expect_gradients({x, w, b}, [&](Execution& run) { return linear_gelu(run, x, w, b); });
}

TEST(OpsGradient, MatmulTransposed) {
  const auto a = random_variable(3, 4, 1), b = random_variable(5, 4, 2);
  expect_gradients({a, b}, [&](Execution& run) { return matmul_transposed(run, a, b); });
}

TEST(OpsGradient, Attention) {
  const auto qkv = random_variable(7, 12, 1);
  const auto batch = three_sequences();
  expect_gradients({qkv}, [&](Execution& run) { return attention(run, qkv, batch, 2, 0); });
}

TEST(OpsGradient, AttentionWithDropout) {
  const auto qkv = random_variable(7, 12, 1);
  const auto batch = three_sequences();
  expect_gradients({qkv}, [&](Execution& run) { return attention(run, qkv, batch, 2, 0.3); });
}

TEST(OpsGradient, AttentionWithRelativeBias) {
  const auto qkv = random_variable(7, 12, 1), table = random_variable(3, 2, 2);
  const auto batch = three_sequences();
  // A table that two layers share.
  expect_gradients({qkv, table}, [&](Execution& run) {
    const Var bias = relative_bias(run, table, {0, 1, 1, 0, 2, 2, 0});
    const std::vector<Var> parts{attention(run, qkv, batch, 2, 0.3, bias), attention(run, qkv, batch, 2, 0, bias)};
    return concat_columns(run, parts);
  });
}

TEST(OpsGradient, AttentionToTheLeft) {
  const auto qkv = random_variable(7, 12, 1);
  const auto batch = three_sequences();
  expect_gradients({qkv}, [&](Execution& run) {
    const Var bias = causal_bias(2, batch.longest(), DType::f64);
    const std::vector<Var> parts{attention(run, qkv, batch, 2, 0.3, bias), attention(run, qkv, batch, 2, 0, bias)};
    return concat_columns(run, parts);
  });
}

TEST(OpsGradient, AddLayerNorm) {
  const auto x = random_variable(4, 6, 1), residual = random_variable(4, 6, 2);
  const auto gamma = random_variable(1, 6, 3), beta = random_variable(1, 6, 4);
  expect_gradients(
      {x, residual, gamma, beta},
      [&](Execution& run) { return add_layer_norm(run, x, residual, gamma, beta, 1e-12, 0); }, 1e-6);
}

TEST(OpsGradient, AddLayerNormWithDropout) {
  const auto x = random_variable(4, 6, 1), residual = random_variable(4, 6, 2);
  const auto gamma = random_variable(1, 6, 3), beta = random_variable(1, 6, 4);
  expect_gradients(
      {x, residual, gamma, beta},
      [&](Execution& run) { return add_layer_norm(run, x, residual, gamma, beta, 1e-12, 0.4); }, 1e-6);
}

TEST(OpsGradient, EmbeddingSum) {
  const auto make_table = [](int64_t rows, uint64_t seed) {
    auto table = make_embedding({"table", {rows, 3}});
    table->value = random_tensor(rows, 3, seed);
    return table;
  };
  const auto words = make_table(5, 1), positions = make_table(4, 2);
  expect_gradients({words, positions}, [&](Execution& run) {
    return embedding_sum(run, {{words, {1, 2, 3, 1, 4, 2, 2}}, {positions, {0, 1, 2, 3, 0, 0, 1}}});
  });
  EXPECT_EQ(words->touched, (std::vector<int32_t>{1, 2, 3, 4}));
}

TEST(OpsGradient, FixedRowOfAnEmbeddingGetsNone) {
  const auto table = make_embedding({"table", {3, 2}});
  table->value = random_tensor(3, 2, 1);
  Tape tape;
  Execution run{.tape = &tape};
  const Var y = embedding_sum(run, {{.table = table, .ids = {0, 1, 1, 2}, .fixed_row = 1}});
  y->gradient = random_tensor(4, 2, 2);
  tape.backward();
  EXPECT_EQ(table->touched, (std::vector<int32_t>{0, 2}));
  EXPECT_EQ(table->gradient.row<double>(1)[0], 0);
  EXPECT_EQ(table->gradient.row<double>(2)[1], y->gradient.row<double>(3)[1]);
}

TEST(OpsGradient, EmbeddingMean) {
  const auto table = make_embedding({"table", {5, 3}});
  table->value = random_tensor(5, 3, 1);
  PackedBatch batch;
  batch.append(std::vector<int32_t>{1, 2, 1});
  batch.append(std::vector<int32_t>{});
  batch.append(std::vector<int32_t>{4});
  expect_gradients({table}, [&](Execution& run) { return embedding_mean(run, table, batch); });
  EXPECT_EQ(table->touched, (std::vector<int32_t>{1, 2, 4}));
  Execution run;
  const Var mean = embedding_mean(run, table, batch);
  const Var words = embedding_sum(run, {{.table = table, .ids = batch.ids}});
  const Var pooled = pool_mean(run, {.tokens = words, .batch = batch});
  for (int64_t i = 0; i < mean->value.size(); ++i)
    EXPECT_EQ(mean->value.data<double>()[i], pooled->value.data<double>()[i]);
  batch.append(std::vector<int32_t>{5});
  EXPECT_THROW(embedding_mean(run, table, batch), Error);
}

/// Prompts of which one is the whole sequence, and a sequence without tokens.
PackedBatch sequences_with_prompts() {
  PackedBatch batch;
  batch.append(std::vector<int32_t>{1, 2, 3, 1}, 2);
  batch.append(std::vector<int32_t>{4}, 2);
  batch.append({});
  batch.append(std::vector<int32_t>{2, 2});
  return batch;
}

constexpr auto kPools = {pool_mean, pool_mean_sqrt_length, pool_weighted_mean, pool_max, pool_first, pool_last};

TEST(OpsGradient, Pooling) {
  const auto tokens = random_variable(7, 3, 1);
  const auto batch = sequences_with_prompts();
  for (const auto pool : kPools) {
    for (const bool include_prompt : {true, false}) {
      tokens->gradient = {};
      expect_gradients({tokens}, [&](Execution& run) {
        return pool(run, {.tokens = tokens, .batch = batch, .include_prompt = include_prompt});
      });
    }
  }
}

TEST(OpsGradient, PoolingWithTokenWeights) {
  const auto tokens = random_variable(7, 3, 1), sums = random_variable(4, 1, 2);
  for (int64_t i = 0; i < sums->value.size(); ++i)
    sums->value.data<double>()[i] += 1.5;
  const auto batch = sequences_with_prompts();
  for (const auto pool : {pool_mean, pool_mean_sqrt_length, pool_weighted_mean}) {
    tokens->gradient = sums->gradient = {};
    expect_gradients({tokens, sums}, [&](Execution& run) {
      return pool(run, {.tokens = tokens, .batch = batch, .token_weights_sum = sums});
    });
  }
}

TEST(OpsGradient, PoolingDividesByNothingSmall) {
  const auto tokens = random_variable(7, 3, 1), sums = random_variable(4, 1, 2);
  sums->value.data<double>()[0] = -3;
  const auto batch = sequences_with_prompts();
  Tape tape;
  Execution run{.tape = &tape}, unrecorded;
  const Var y = pool_mean(run, {.tokens = tokens, .batch = batch, .token_weights_sum = sums});
  const Var mean = pool_mean(unrecorded, {.tokens = tokens, .batch = batch});
  EXPECT_NEAR(y->value.data<double>()[0] / 4e9, mean->value.data<double>()[0], 1e-12);
  y->gradient = random_tensor(4, 3, 3);
  tape.backward();
  EXPECT_EQ(sums->gradient.data<double>()[0], 0);
}

TEST(OpsGradient, Activations) {
  using enum Activation;
  for (const auto kind : {identity,     tanh,        relu,         gelu,       sigmoid,      silu,       mish,
                          leaky_relu,   relu6,       elu,          selu,       softplus,     softsign,   log_sigmoid,
                          hardtanh,     hardsigmoid, hardswish,    hardshrink, softshrink,   tanhshrink, gelu_tanh,
                          gelu_clipped, quick_gelu,  relu_squared, laplace,    sqrt_softplus}) {
    SCOPED_TRACE(static_cast<int>(kind));
    const auto x = random_variable(5, 8, 1);
    // From -8 to 8, where all of them bend.
    expect_gradients({x}, [&](Execution& run) { return activate(run, affine(run, x, 8, 0), kind); });
  }
}

TEST(OpsGradient, Dropout) {
  const auto x = random_variable(8, 8, 1);
  expect_gradients({x}, [&](Execution& run) { return dropout(run, x, 0.5); });
}

TEST(OpsGradient, TokenWeights) {
  const auto x = random_variable(7, 3, 1), weights = random_variable(7, 1, 2);
  const auto batch = sequences_with_prompts();
  expect_gradients({x, weights}, [&](Execution& run) { return scale_rows(run, x, weights); });
  weights->gradient = {};
  expect_gradients({weights}, [&](Execution& run) { return sum_sequences(run, weights, batch); });
}

TEST(OpsGradient, LayerMean) {
  const std::vector<Var> layers{random_variable(4, 3, 1), random_variable(4, 3, 2), random_variable(4, 3, 3)};
  const auto weights = random_variable(1, 3, 4);
  weights->value.data<double>()[1] += 3;  // so that they do not sum to nearly 0
  expect_gradients({layers[0], layers[1], layers[2], weights},
                   [&](Execution& run) { return layer_mean(run, layers, weights); });
}

TEST(OpsGradient, Unfold) {
  const auto x = random_variable(7, 3, 1);
  const auto batch = sequences_with_prompts();
  for (const int64_t window : {1, 3, 5}) {
    x->gradient = {};
    expect_gradients({x}, [&](Execution& run) { return unfold(run, x, batch, window); });
  }
}

TEST(OpsGradient, Lstm) {
  const auto batch = sequences_with_prompts();
  for (const bool reverse : {false, true}) {
    const auto inputs = random_variable(7, 12, 1), weight = random_variable(12, 3, 2), bias = random_variable(1, 12, 3);
    expect_gradients({inputs, weight, bias},
                     [&](Execution& run) { return lstm(run, inputs, weight, bias, batch, reverse); });
  }
}

TEST(OpsGradient, NormalizeRows) {
  const auto x = random_variable(3, 5, 1);
  expect_gradients({x}, [&](Execution& run) { return normalize_rows(run, x); });
}

TEST(OpsGradient, RowDotsSlicesAndConcatenation) {
  const auto x = random_variable(4, 3, 1), y = random_variable(2, 3, 2);
  expect_gradients({x, y}, [&](Execution& run) {
    const std::vector<Var> below{slice_rows(run, x, 2, 4), y};
    return row_dots(run, x, concat_rows(run, below));
  });
  x->gradient = {}, y->gradient = {};
  expect_gradients({x, y}, [&](Execution& run) {
    const std::vector<Var> beside{y, slice_rows(run, x, 1, 3)};
    return concat_columns(run, beside);
  });
}

TEST(OpsGradient, Elementwise) {
  const auto x = random_variable(3, 4, 1), y = random_variable(3, 4, 2);
  const Tensor constant = random_tensor(3, 4, 3);
  const std::vector<double> weights{0.5, -2};
  expect_gradients({x, y}, [&](Execution& run) {
    const std::vector<Var> terms{multiply(run, absolute(run, x), y), subtract(run, affine(run, x, 3, 1), y)};
    return add_constant(run, weighted_sum(run, terms, weights), constant);
  });
}

TEST(OpsGradient, Distances) {
  const auto x = random_variable(3, 4, 1), y = random_variable(3, 4, 2), z = random_variable(5, 4, 3);
  for (const Norm norm : {Norm::manhattan, Norm::euclidean}) {
    for (const Var& variable : {x, y, z})
      variable->gradient = Tensor();
    expect_gradients(
        {x, y}, [&](Execution& run) { return row_distances(run, x, y, norm, 0.01); }, 1e-6);
    x->gradient = Tensor();
    expect_gradients(
        {x, z}, [&](Execution& run) { return distance_matrix(run, x, z, norm); }, 1e-6);
  }
}

TEST(OpsGradient, DistancesOfEqualRowsHaveNone) {
  const auto x = random_variable(2, 4, 1);
  for (const Norm norm : {Norm::manhattan, Norm::euclidean}) {
    Tape tape;
    Execution run{.tape = &tape};
    const Var distances = row_distances(run, x, x, norm);
    distances->gradient = random_tensor(2, 1, 2);
    x->gradient = Tensor();
    tape.backward();
    for (int64_t i = 0; i < x->value.size(); ++i)
      EXPECT_EQ(x->gradient.data<double>()[i], 0);
  }
}

TEST(OpsGradient, FirstColumns) {
  const auto x = random_variable(3, 5, 1);
  expect_gradients({x}, [&](Execution& run) { return first_columns(run, x, 2); });
}

TEST(OpsGradient, QuarterTurn) {
  for (const int64_t cols : {1, 5, 6}) {
    const auto x = random_variable(3, cols, 1);
    expect_gradients({x}, [&](Execution& run) { return add_quarter_turn(run, x); });
  }
}

TEST(OpsGradient, ScalarFunction) {
  const auto x = random_variable(2, 3, 1);
  expect_gradients({x}, [&](Execution& run) {
    return scalar_function(run, x, [](const auto* values, auto* slope) {
      slope[1] = 2 * values[1] * values[5];
      slope[5] = values[1] * values[1];
      return values[1] * values[1] * values[5];
    });
  });
}

TEST(OpsGradient, MeanSquaredError) {
  const auto x = random_variable(4, 1, 1);
  const std::vector<float> targets{0.5F, -1, 0.25F, 2};
  expect_gradients({x}, [&](Execution& run) { return mean_squared_error(run, x, targets); });
}

TEST(OpsGradient, CrossEntropy) {
  const auto scores = random_variable(3, 5, 1);
  const std::vector<int64_t> targets{0, 4, 2};
  expect_gradients({scores}, [&](Execution& run) { return cross_entropy(run, scores, targets, 3); });
}

/// A value used twice must get the sum of both gradients, and neither user may see the other's.
TEST(OpsGradient, SharedInput) {
  const auto x = random_variable(3, 3, 1), w = random_variable(3, 3, 2);
  const auto gamma = random_variable(1, 3, 3), beta = random_variable(1, 3, 4);
  expect_gradients(
      {x, w, gamma, beta},
      [&](Execution& run) { return add_layer_norm(run, linear(run, x, w, nullptr), x, gamma, beta, 1e-5, 0); }, 1e-6);
}

}  // namespace
}  // namespace sbert
