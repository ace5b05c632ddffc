#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "losses/golden_cases.h"
#include "support/loss_options.h"
#include "tensor/jacobian.h"

namespace sbert {
namespace {

using test::LossCase;
using test::LossTensors;

/// A loss with what it is to be computed from, in one scalar.
class Setting {
 public:
  Setting(const LossCase& loss_case, DType dtype)
      : tensors_(loss_case.name()),
        model_(test::engine_golden("model").string()),
        loss_(losses::make_loss(loss_case.loss(), options_of(loss_case), model_)) {
    const Tensor labels = tensors_("labels", DType::f32);
    if (labels.defined()) labels_.assign(labels.data<float>(), labels.data<float>() + labels.size());
    loss_.implementation()->prepare(labels_, 1);
    for (size_t i = 0; i < loss_case.columns(); ++i)
      columns_.push_back(make_variable(tensors_("column" + std::to_string(i), dtype), true));
    for (size_t i = 0; loss_.implementation()->guide() != nullptr && i < loss_case.columns(); ++i)
      guide_.push_back(tensors_("guide" + std::to_string(i), DType::f32));
    for (int64_t layer = 0; layer < loss_case.layers(); ++layer) {
      layers_.push_back({layer, {}});
      for (size_t i = 0; i < loss_case.columns(); ++i)
        layers_.back().embeddings.push_back(make_variable(tensors_(layer_name(layer, "column", i), dtype), true));
    }
    for (const ParameterPtr& parameter : loss_.implementation()->parameters()) {
      parameter->value = tensors_("head." + tail(*parameter), dtype);
    }
  }

  /// Everything that has a gradient.
  std::vector<Var> inputs() const {
    std::vector<Var> all = columns_;
    for (const losses::PriorLayer& layer : layers_)
      all.insert(all.end(), layer.embeddings.begin(), layer.embeddings.end());
    for (const ParameterPtr& parameter : loss_.implementation()->parameters())
      all.push_back(parameter);
    return all;
  }
  /// What Python computed for each of inputs().
  std::vector<Tensor> gradients() const {
    std::vector<Tensor> all;
    for (size_t i = 0; i < columns_.size(); ++i)
      all.push_back(tensors_("gradient" + std::to_string(i), DType::f32));
    for (const losses::PriorLayer& layer : layers_) {
      for (size_t i = 0; i < layer.embeddings.size(); ++i)
        all.push_back(tensors_(layer_name(layer.index, "gradient", i), DType::f32));
    }
    for (const ParameterPtr& parameter : loss_.implementation()->parameters())
      all.push_back(tensors_("head_gradient." + tail(*parameter), DType::f32));
    return all;
  }

  int64_t rows() const { return columns_.front()->rows(); }
  bool learns_from_one_row() const { return loss_.implementation()->learns_from_one_row(columns_.size()); }

  Var forward(Execution& run) const {
    return loss_.implementation()->forward(
        run, {.embeddings = columns_, .labels = labels_, .guide = guide_, .layers = layers_});
  }

 private:
  static std::string layer_name(int64_t layer, const char* what, size_t column) {
    return concat("layer", layer, ".", what, column);
  }
  static Json options_of(const LossCase& loss_case) {
    Json options = test::needed_options(loss_case.loss());
    options.update(loss_case.description.at("options"));
    return options;
  }

  /// "weight" of "classifier.weight".
  static std::string tail(const Parameter& parameter) {
    const std::string& name = parameter.parts.front().name;
    return name.substr(name.rfind('.') + 1);
  }

  LossTensors tensors_;
  SentenceTransformer model_;
  losses::Loss loss_;
  std::vector<Var> columns_;
  std::vector<float> labels_;
  std::vector<Tensor> guide_;
  std::vector<losses::PriorLayer> layers_;
};

/// Within 1e-5 of the largest; where Python has rounding errors only, so may we.
void expect_near(const Tensor& ours, const Tensor& theirs, const std::string& what) {
  constexpr double kRoundingOfDouble = 1e-12, kRoundingOfFloat = 1e-6;
  ASSERT_TRUE(ours.defined()) << what;
  double difference = 0, largest = 0;
  for (int64_t i = 0; i < theirs.size(); ++i) {
    const double expected = theirs.data<float>()[i];
    const double error = std::abs(ours.data<float>()[i] - expected);
    ASSERT_TRUE(std::isfinite(error)) << what << " element " << i;
    difference = std::max(difference, error);
    largest = std::max(largest, std::abs(expected));
  }
  EXPECT_LE(difference, largest < kRoundingOfDouble ? kRoundingOfFloat : 1e-5 * largest) << what;
}

class LossGolden : public testing::TestWithParam<LossCase> {};

TEST_P(LossGolden, ValueAndGradientsAreThoseOfPython) {
  const Setting setting(GetParam(), DType::f32);
  Tape tape;
  Execution run{.tape = &tape, .training = true};
  const Var value = setting.forward(run);
  EXPECT_NEAR(*value->value.data<float>(), GetParam().value(), std::max(1e-6, 1e-5 * std::abs(GetParam().value())));

  value->gradient = Tensor::empty(1, 1);
  *value->gradient.data<float>() = 1;
  tape.backward();
  const auto inputs = setting.inputs();
  const auto gradients = setting.gradients();
  for (size_t i = 0; i < inputs.size(); ++i)
    expect_near(inputs[i]->gradient, gradients[i], "gradient " + std::to_string(i));
}

/// Its gradients are those of Python, as tested above: where a loss says that one row teaches nothing, they are 0.
TEST_P(LossGolden, OneRowTeachesNothingWhereTheLossSaysSo) {
  const Setting setting(GetParam(), DType::f32);
  if (setting.rows() > 1 || setting.learns_from_one_row()) return;
  for (const Tensor& gradient : setting.gradients()) {
    for (int64_t i = 0; i < gradient.size(); ++i)
      EXPECT_NEAR(gradient.data<float>()[i], 0, 1e-12);
  }
}

class LossJacobian : public testing::TestWithParam<LossCase> {};

TEST_P(LossJacobian, IsThatOfDifferences) {
  const Setting setting(GetParam(), DType::f64);
  expect_gradients(
      setting.inputs(), [&](Execution& run) { return setting.forward(run); }, 1e-6);
}

std::vector<LossCase> smooth_cases() {
  std::vector<LossCase> cases = test::loss_cases();
  std::erase_if(cases, [](const LossCase& loss_case) { return !loss_case.smooth(); });
  return cases;
}

constexpr auto kName = [](const auto& test_case) { return test_case.param.name(); };
INSTANTIATE_TEST_SUITE_P(All, LossGolden, testing::ValuesIn(test::loss_cases()), kName);
INSTANTIATE_TEST_SUITE_P(All, LossJacobian, testing::ValuesIn(smooth_cases()), kName);

TEST(LossGoldens, CoverEveryLoss) {
  std::vector<std::string> covered;
  for (const LossCase& loss_case : test::loss_cases())
    covered.push_back(loss_case.loss());
  for (const std::string& name : losses::loss_names())
    EXPECT_NE(std::find(covered.begin(), covered.end(), name), covered.end()) << name;
}

}  // namespace
}  // namespace sbert
