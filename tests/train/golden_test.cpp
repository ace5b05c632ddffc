#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <sbert/sbert.h>

#include "losses/loss.h"
#include "losses/registry.h"
#include "model/implementation.h"
#include "support/goldens.h"
#include "support/training_data.h"
#include "tensor/ops/rows.h"
#include "train/batches.h"

namespace sbert {
namespace {

using test::golden_examples;

/// Name on disk (below the model) -> what `tensor_of` gives for the parameter, cut into its parts.
template <class TensorOf>
std::map<std::string, std::vector<float>> by_name(const ModelImplementation& model, TensorOf tensor_of) {
  std::map<std::string, std::vector<float>> all;
  for (size_t m = 0; m < model.modules().size(); ++m) {
    const auto& module = *model.modules()[m].module;
    const std::string prefix = m == 0 ? "" : std::to_string(m) + "_" + module.type() + "/";
    for (const auto& parameter : module.parameters()) {
      const Tensor tensor = tensor_of(*parameter);
      if (!tensor.defined()) continue;
      const float* data = tensor.template data<float>();
      for (const auto& part : parameter->parts) {
        int64_t size = 1;
        for (const int64_t extent : part.shape)
          size *= extent;
        all[prefix + part.name].assign(data, data + size);
        data += size;
      }
    }
  }
  return all;
}

class TrainGolden : public testing::TestWithParam<std::string> {};

TEST_P(TrainGolden, GradientOfEveryParameter) {
  const Json golden = test::golden_json("gradients_" + GetParam() + ".json");
  const test::GoldenTensors tensors("gradients_" + GetParam() + ".safetensors");
  const SentenceTransformer model(test::engine_golden(golden.at("model").get<std::string>()).string());
  const auto examples = golden_examples(golden);
  const auto loss = losses::make_loss(golden.at("loss_name").get<std::string>(), Json::object(), model);
  ObjectiveBatches batches({DataLoader(examples, {.batch_size = examples.size(), .shuffle = false}), loss},
                           model.implementation().input(), {.seed = 0});
  batches.begin_epoch(0);
  const auto batch = batches.batch(0);

  Tape tape;
  Execution run{.tape = &tape, .training = true};
  nn::Features features{.batch = batch.packed};
  model.implementation().forward(run, features);
  std::vector<Var> columns;
  for (size_t i = 0; i < batches.examples().inputs(); ++i) {
    const auto begin = static_cast<int64_t>(i) * batch.rows;
    columns.push_back(slice_rows(run, features.sentence_embedding, begin, begin + batch.rows));
  }
  const Var value = batches.loss().forward(run, {.embeddings = columns, .labels = batch.labels});
  EXPECT_NEAR(*value->value.data<float>(), golden.at("loss").get<double>(), 1e-5);
  value->gradient = Tensor::empty(1, 1);
  *value->gradient.data<float>() = 1;
  tape.backward();

  const auto ours = by_name(model.implementation(), [](const Parameter& parameter) { return parameter.gradient; });
  size_t compared = 0;
  for (const auto& tensor : tensors.all()) {
    if (tensor.name.starts_with("embeddings") && tensor.name.find('.') == std::string::npos) continue;
    ASSERT_TRUE(ours.contains(tensor.name)) << tensor.name;
    // Biases of keys have gradient 0 but for rounding, hence the absolute part.
    const auto theirs = tensors.values(tensor.name);
    double largest = 0;
    for (const float x : theirs)
      largest = std::max(largest, static_cast<double>(std::abs(x)));
    EXPECT_LE(test::max_difference(ours.at(tensor.name), theirs), 1e-5 * largest + 1e-7) << tensor.name;
    ++compared;
  }
  EXPECT_GT(compared, 30U);
}

TEST_P(TrainGolden, TenStepsFollowPython) {
  const Json golden = test::golden_json("training_" + GetParam() + ".json");
  SentenceTransformer model(test::engine_golden(golden.at("model").get<std::string>()).string());
  const auto loss = losses::make_loss(golden.at("loss_name").get<std::string>(), Json::object(), model);
  const auto losses = golden.at("loss").get<std::vector<double>>();
  const auto rates = golden.at("learning_rate").get<std::vector<double>>();
  const auto norms = golden.at("gradient_norm").get<std::vector<double>>();

  FitOptions options{.max_steps = golden.at("steps").get<uint64_t>(),
                     .learning_rate = golden.at("peak_learning_rate").get<double>(),
                     .weight_decay = golden.at("weight_decay").get<double>(),
                     .max_grad_norm = golden.at("max_grad_norm").get<double>(),
                     .warmup_steps = golden.at("warmup_steps").get<uint64_t>(),
                     .precision = Precision::f32};
  options.on_step = [&](const StepReport& report) {
    const size_t i = report.step - 1;
    EXPECT_NEAR(report.loss, losses[i], 1e-4 * losses[i]) << "step " << report.step;
    EXPECT_NEAR(report.learning_rate, rates[i], 1e-9) << "step " << report.step;
    EXPECT_NEAR(report.gradient_norm, norms[i], 1e-3 * norms[i]) << "step " << report.step;
  };
  const DataLoader data(golden_examples(golden),
                        {.batch_size = golden.at("batch_size").get<size_t>(), .shuffle = false});
  const auto result = model.fit({{data, loss}}, options);
  EXPECT_EQ(result.steps, 10U);

  const test::GoldenTensors tensors("training_" + GetParam() + ".safetensors");
  const auto ours = by_name(model.implementation(), [](const Parameter& parameter) { return parameter.value; });
  for (const auto& [name, values] : ours) {
    // Adam's first steps are lr * sign(gradient): where a gradient is 0 but for rounding (key biases) they may differ.
    if (name.ends_with("key.bias")) continue;
    EXPECT_LE(test::max_difference(values, tensors.values(name)), 2e-4) << name;
  }
}

INSTANTIATE_TEST_SUITE_P(All, TrainGolden, testing::Values("cosine", "mnrl", "mnrl_hard"),
                         [](const auto& test_case) { return test_case.param; });

TEST(Fit, SameSeedSameBytes) {
  const Json golden = test::golden_json("training_mnrl.json");
  const auto train = [&](uint64_t seed) {
    SentenceTransformer model(test::engine_golden(golden.at("model").get<std::string>()).string());
    const auto loss = losses::MultipleNegativesRankingLoss(model);
    model.fit({{DataLoader(golden_examples(golden), {.batch_size = 4}), loss}},
              {.max_steps = 7, .learning_rate = 1e-3, .seed = seed});
    const auto embeddings = model.encode({"a small cat is sleeping", "red car"});
    return std::vector<float>(embeddings.data(), embeddings.data() + 2 * embeddings.dimension());
  };
  EXPECT_EQ(train(1), train(1));
  EXPECT_NE(train(1), train(2));
}

TEST(Fit, RefusesDataThatDoesNotFitTheLoss) {
  SentenceTransformer model(test::engine_golden("model").string());
  const losses::CosineSimilarityLoss cosine(model);
  const losses::MultipleNegativesRankingLoss ranking(model);
  const auto fit = [&](std::vector<InputExample> examples, const losses::Loss& loss) {
    model.fit({{DataLoader(std::move(examples)), loss}}, {.max_steps = 1});
  };
  EXPECT_THROW(fit({{{"a", "b"}}}, cosine), Error);             // no label
  EXPECT_THROW(fit({{{"a", "b", "c"}, 1.0F}}, cosine), Error);  // three texts
  EXPECT_THROW(fit({{{"a"}}}, ranking), Error);                 // one text
  EXPECT_THROW(fit({{{"a", "b"}, 1.0F}}, ranking), Error);      // a label that would be ignored
}

}  // namespace
}  // namespace sbert
