#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "losses/loss.h"
#include "losses/registry.h"
#include "support/goldens.h"
#include "tensor/jacobian.h"

namespace sbert {
namespace {

struct Case {
  std::string golden;
  std::string loss;
  size_t columns;
};

class LossGolden : public testing::TestWithParam<Case> {
 protected:
  LossGolden()
      : model_(test::engine_golden("model").string()),
        loss_(losses::make_loss(GetParam().loss, Json::object(), model_)) {}

  const losses::LossFunction& loss() const { return *loss_.implementation(); }
  std::vector<float> labels() const {
    const test::GoldenTensors goldens("losses.safetensors");
    const std::string name = GetParam().golden + ".labels";
    return goldens.has(name) ? goldens.values(name) : std::vector<float>();
  }

 private:
  SentenceTransformer model_;
  losses::Loss loss_;
};

TEST_P(LossGolden, ValueAndGradientsAreThoseOfPython) {
  const test::GoldenTensors goldens("losses.safetensors");
  std::vector<Var> columns;
  for (size_t i = 0; i < GetParam().columns; ++i) {
    const std::string name = GetParam().golden + ".column" + std::to_string(i);
    const auto& shape = goldens.stored(name).shape;
    columns.push_back(make_variable(Tensor::empty(shape[0], shape[1]), true));
    const auto values = goldens.values(name);
    std::copy(values.begin(), values.end(), columns.back()->value.data<float>());
  }
  Tape tape;
  Execution run{.tape = &tape, .training = true};
  const auto gold = labels();
  const Var value = loss().forward(run, {.embeddings = columns, .labels = gold});
  const double expected = test::golden_json("losses.json").at(GetParam().golden).get<double>();
  EXPECT_NEAR(*value->value.data<float>(), expected, 1e-5 * std::abs(expected));

  value->gradient = Tensor::empty(1, 1);
  *value->gradient.data<float>() = 1;
  tape.backward();
  for (size_t i = 0; i < columns.size(); ++i) {
    const Tensor& gradient = columns[i]->gradient;
    const std::vector<float> ours(gradient.data<float>(), gradient.data<float>() + gradient.size());
    const auto theirs = goldens.values(GetParam().golden + ".gradient" + std::to_string(i));
    EXPECT_LE(test::max_difference(ours, theirs, true), 1e-5) << "column " << i;
  }
}

TEST_P(LossGolden, NumericJacobian) {
  std::vector<Var> columns;
  for (size_t i = 0; i < GetParam().columns; ++i)
    columns.push_back(random_variable(4, 5, i + 1));
  const std::vector<float> gold = labels().empty() ? std::vector<float>() : std::vector<float>{0.1F, 0.9F, -0.5F, 0.3F};
  expect_gradients(
      columns, [&](Execution& run) { return loss().forward(run, {.embeddings = columns, .labels = gold}); }, 1e-6);
}

INSTANTIATE_TEST_SUITE_P(All, LossGolden,
                         testing::Values(Case{"cosine", "CosineSimilarityLoss", 2},
                                         Case{"mnrl", "MultipleNegativesRankingLoss", 2},
                                         Case{"mnrl_hard", "MultipleNegativesRankingLoss", 4}),
                         [](const auto& test_case) { return test_case.param.golden; });

TEST(LossRegistry, SaysWhatItKnows) {
  const SentenceTransformer model(test::engine_golden("model").string());
  EXPECT_THROW(losses::make_loss("NoSuchLoss", Json::object(), model), Error);
  EXPECT_THROW(losses::make_loss("CosineSimilarityLoss", {{"margin", 1}}, model), Error);
  EXPECT_THROW(losses::make_loss("MultipleNegativesRankingLoss", {{"scale", "high"}}, model), Error);
  EXPECT_THROW(losses::make_loss("MultipleNegativesRankingLoss", {{"scale", -1}}, model), Error);
}

}  // namespace
}  // namespace sbert
