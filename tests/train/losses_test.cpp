#include <algorithm>
#include <atomic>

#include <gtest/gtest.h>

#include "losses/registry.h"
#include "support/errors.h"
#include "support/loss_options.h"
#include "support/temporary_directory.h"
#include "support/test_data.h"
#include "support/training_data.h"
#include "tensor/buffer_pool.h"
#include "train/batch_gradients.h"
#include "train/parameter_block.h"

namespace sbert {
namespace {

using Label = losses::ColumnRule::Label;

/// Eight rows of what `loss` takes.
std::vector<InputExample> examples_for(const losses::LossFunction& loss, size_t dimension) {
  std::vector<InputExample> examples = test::golden_examples(test::golden_json("training_mnrl_hard.json"));
  const losses::ColumnRule rule = loss.columns();
  for (size_t i = 0; i < examples.size(); ++i) {
    InputExample& example = examples[i];
    example.texts.resize(rule.min_inputs);
    const auto number = static_cast<float>(i);
    switch (rule.label) {
      case Label::none:
        break;
      case Label::optional_number:
      case Label::number:
        example.label = number / 8;
        break;
      case Label::binary:
        example.label = static_cast<float>(i % 2);
        break;
      case Label::class_number:
        example.label = static_cast<float>(i % 3);
        break;
      case Label::vector:
        for (size_t k = 1; k < rule.min_inputs; ++k)
          example.labels.push_back(number / static_cast<float>(k));
        break;
      case Label::embedding:
        for (size_t k = 0; k < dimension; ++k)
          example.labels.push_back(static_cast<float>((i + 1) * (k + 3) % 7) / 7);
        break;
    }
  }
  return examples;
}

class EveryLoss : public testing::TestWithParam<std::string> {
 protected:
  EveryLoss()
      : model_(test::small_model(directory_ / "model")),
        loss_(losses::make_loss(GetParam(), test::needed_options(GetParam()), model_)) {}

  Objective objective() const {
    return {DataLoader(examples_for(*loss_.implementation(), model_.embedding_dimension()),
                       {.batch_size = 8, .shuffle = false}),
            loss_};
  }

  test::TemporaryDirectory directory_;
  SentenceTransformer model_;
  losses::Loss loss_;
};

TEST_P(EveryLoss, HasTheSameGradientsInPiecesAndTakesLessMemory) {
  const ObjectiveBatches batches(objective(), model_.implementation().input(), {.seed = 1});
  auto parameters = model_.implementation().parameters();
  const auto own = loss_.implementation()->parameters();
  parameters.insert(parameters.end(), own.begin(), own.end());
  ParameterBlock block(parameters);
  size_t peak = 0;
  const auto gradients = [&](int64_t piece_tokens) {
    block.clear_gradients();
    reset_peak_buffer_bytes();
    const size_t before = buffer_usage().in_use;
    const BatchGradients compute(model_.implementation(), {.seed = 3, .piece_tokens = piece_tokens});
    std::vector<float> values{static_cast<float>(compute.add(batches.loss(), batches.batch(0), 5, 0.5))};
    peak = buffer_usage().peak - before;
    for (const auto& parameter : block.parameters()) {
      const float* data = parameter->gradient.data<float>();
      values.insert(values.end(), data, data + parameter->gradient.size());
    }
    return values;
  };
  const auto whole = gradients(0);
  const size_t peak_of_whole = peak;
  const auto pieces = gradients(20);
  EXPECT_LT(peak, peak_of_whole);
  EXPECT_NEAR(pieces.front(), whole.front(), 1e-5 * std::abs(whole.front()));
  const std::vector<float> expected(whole.begin() + 1, whole.end()), found(pieces.begin() + 1, pieces.end());
  EXPECT_GT(*std::max_element(expected.begin(), expected.end()), 0);
  EXPECT_LE(test::max_difference(found, expected, true), 1e-5);
}

TEST_P(EveryLoss, GoesOnAsIfItHadNotStopped) {
  const auto train = [&](const std::string& run, uint64_t stop_after) {
    SentenceTransformer model((directory_ / "model").string());
    const auto loss = losses::make_loss(GetParam(), test::needed_options(GetParam()), model);
    std::atomic<bool> stop = false;
    FitOptions options{.epochs = 0, .max_steps = 4, .learning_rate = 1e-3, .precision = Precision::f32, .stop = &stop};
    options.checkpoints = {.directory = directory_ / run, .resume = true};
    options.on_step = [&](const StepReport& report) { stop = report.step == stop_after; };
    model.fit({{objective().data, loss}}, options);
    return test::all_values(model);
  };
  train("stopped", 2);
  EXPECT_EQ(train("stopped", 0), train("whole", 0));
}

TEST_P(EveryLoss, Falls) {
  std::vector<double> values;
  FitOptions options{.epochs = 0, .max_steps = 30, .learning_rate = 1e-3, .schedule = Schedule::constant};
  options.on_step = [&](const StepReport& report) { values.push_back(report.loss); };
  model_.fit({objective()}, options);
  ASSERT_EQ(values.size(), 30U);
  EXPECT_LT(values.back(), values.front());
}

INSTANTIATE_TEST_SUITE_P(All, EveryLoss, testing::ValuesIn(losses::loss_names()),
                         [](const auto& test_case) { return test_case.param; });

TEST(BatchOfOne, IsRefusedWhereItTeachesNothing) {
  const test::TemporaryDirectory directory;
  SentenceTransformer model(test::small_model(directory / "model"));
  const auto train = [&](std::vector<InputExample> examples, size_t batch_size) {
    model.fit(
        {{DataLoader(std::move(examples), {.batch_size = batch_size}), losses::MultipleNegativesRankingLoss(model)}},
        {.max_steps = 1});
  };
  const auto expect_refused = [&](const std::vector<InputExample>& examples, size_t batch_size, const char* why) {
    test::expect_error([&] { train(examples, batch_size); }, ErrorCode::invalid_argument,
                       {"MultipleNegativesRankingLoss compares the rows of a batch", why});
  };
  std::vector<InputExample> examples = test::small_pairs();
  expect_refused(examples, 1, "choose a larger batch size");
  expect_refused({examples.front()}, 16, "the data has only one row");
  for (InputExample& example : examples)
    example.texts.emplace_back("a hard negative");
  train(examples, 1);
}

struct GoldenLoss {
  Json description;

  std::string name() const { return description.at("loss").get<std::string>(); }
};

std::ostream& operator<<(std::ostream& out, const GoldenLoss& golden) {
  return out << golden.name();
}

class ThroughModel : public testing::TestWithParam<GoldenLoss> {};

/// One step of the trainer: which layers the loss asked for, and how they are pooled, is in these numbers.
TEST_P(ThroughModel, LossAndGradientAreThoseOfPython) {
  const Json& golden = GetParam().description;
  SentenceTransformer model(test::engine_golden("model").string());
  const auto loss = losses::make_loss(GetParam().name(), golden.at("options"), model);
  const auto examples = test::golden_examples(golden);
  StepReport step;
  FitOptions options{.max_steps = 1, .precision = Precision::f32};
  options.on_step = [&](const StepReport& report) { step = report; };
  model.fit({{DataLoader(examples, {.batch_size = examples.size(), .shuffle = false}), loss}}, options);
  EXPECT_NEAR(step.loss, golden.at("value").get<double>(), 1e-5 * golden.at("value").get<double>());
  const auto norm = golden.at("gradient_norm").get<double>();
  EXPECT_NEAR(step.gradient_norm, norm, 1e-5 * norm);
}

std::vector<GoldenLoss> through_model() {
  std::vector<GoldenLoss> all;
  for (const Json& description : read_json_file(test::goldens_directory() / "losses" / "through_model.json")) {
    all.push_back({description});
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(All, ThroughModel, testing::ValuesIn(through_model()),
                         [](const auto& test_case) { return test_case.param.name(); });

}  // namespace
}  // namespace sbert
