#include <map>

#include <gtest/gtest.h>

#include "base/files.h"
#include "model/load.h"
#include "model/weights.h"
#include "nn/dense.h"
#include "support/errors.h"
#include "support/goldens.h"
#include "support/temporary_directory.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;

constexpr double kTolerance = 1e-5;

Json description() {
  return read_json_file(test::golden_path("modules", "modules.json"));
}

const test::GoldenTensors& golden_tensors() {
  static const test::GoldenTensors tensors("modules.safetensors", "modules");
  return tensors;
}

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  const Json all = description();
  for (const auto& [name, unused] : all.at("cases").items())
    names.push_back(name);
  return names;
}

std::vector<float> flat(const Tensor& tensor) {
  return {tensor.data<float>(), tensor.data<float>() + tensor.size()};
}

void expect_close(const Tensor& ours, const std::vector<float>& expected, const std::string& what) {
  ASSERT_TRUE(ours.defined()) << what;
  ASSERT_EQ(static_cast<size_t>(ours.size()), expected.size()) << what;
  double largest = 1;
  for (const float x : expected)
    largest = std::max(largest, static_cast<double>(std::abs(x)));
  EXPECT_LE(test::max_difference(flat(ours), expected), kTolerance * largest) << what;
}

/// One case of tests/goldens/modules: what goes into a module.
class Modules : public testing::TestWithParam<std::string> {
 protected:
  Modules() : case_(description().at("cases").at(GetParam())) {
    const Json all = description();
    const auto ids = all.at("ids").get<std::vector<int32_t>>();
    size_t begin = 0;
    for (const auto& length : all.at("lengths")) {
      const auto end = begin + length.get<size_t>();
      features_.batch.append(std::span(ids).subspan(begin, end - begin), case_.at("prompt_length").get<int64_t>());
      begin = end;
    }
    for (const auto& name : names("inputs"))
      add_input(name);
  }

  std::vector<std::string> names(const char* key) const { return case_.at(key).get<std::vector<std::string>>(); }
  std::vector<float> golden(const std::string& name) const { return golden_tensors().values(GetParam() + "." + name); }

  LoadedModule load(const fs::path& directory) const {
    return load_module("sentence_transformers.models." + case_.at("type").get<std::string>(), directory,
                       "modules.json");
  }
  static fs::path directory() { return test::golden_path("modules", GetParam()); }

  Var& slot(const std::string& name) {
    if (name == "token_embeddings") return features_.token_embeddings;
    if (name == "sentence_embedding") return features_.sentence_embedding;
    return features_.token_weights_sum;
  }

  Json case_;
  nn::Features features_;
  std::vector<Var> layers_;

 private:
  void add_input(const std::string& name) {
    const auto values = golden("input." + name);
    const auto& shape = golden_tensors().stored(GetParam() + ".input." + name).shape;
    const auto matrix = [&](size_t begin, int64_t rows, int64_t cols) {
      Tensor tensor = Tensor::empty(rows, cols);
      std::copy_n(values.data() + begin, tensor.size(), tensor.data<float>());
      return make_variable(tensor, true);
    };
    if (name != "all_layer_embeddings") {
      slot(name) = matrix(0, shape[0], shape[1]);
      return;
    }
    for (int64_t l = 0; l < shape[0]; ++l)
      layers_.push_back(matrix(static_cast<size_t>(l * shape[1] * shape[2]), shape[1], shape[2]));
    features_.layer_embeddings = layers_;
    features_.token_embeddings = layers_.back();
  }
};

TEST_P(Modules, OutputsAndGradientsAreThoseOfPython) {
  const LoadedModule loaded = load(directory());
  std::map<std::string, Var> inputs;
  for (const auto& name : names("inputs")) {
    if (name != "all_layer_embeddings") inputs[name] = slot(name);
  }
  Tape tape;
  Execution run{.tape = &tape};
  loaded.module->forward(run, features_);
  for (const auto& name : names("outputs")) {
    const Var& output = slot(name);
    expect_close(output->value, golden("output." + name), name);
    const auto weights = golden("weights." + name);
    Tensor gradient = Tensor::empty(output->rows(), output->cols());
    std::copy(weights.begin(), weights.end(), gradient.data<float>());
    output->gradient = gradient;
  }
  tape.backward();
  for (const auto& [name, input] : inputs) {
    if (loaded.module->type() != "Dropout")
      expect_close(input->gradient, golden("gradient." + name), "gradient of " + name);
  }
  std::vector<float> of_layers;
  for (const Var& layer : layers_) {
    const auto part = layer->gradient.defined() ? flat(layer->gradient)
                                                : std::vector<float>(static_cast<size_t>(layer->value.size()));
    of_layers.insert(of_layers.end(), part.begin(), part.end());
  }
  if (!layers_.empty()) {
    EXPECT_LE(test::max_difference(of_layers, golden("gradient.all_layer_embeddings")), kTolerance);
  }
  for (const auto& parameter : loaded.module->parameters()) {
    const auto& name = parameter->parts.front().name;
    expect_close(parameter->gradient, golden("gradient." + name), "gradient of " + name);
  }
}

TEST_P(Modules, AreSavedAndLoadedAsTheyWere) {
  const LoadedModule loaded = load(directory());
  const test::TemporaryDirectory saved;
  if (const auto file = loaded.module->config_file(); !file.empty()) {
    write_file_atomically(saved / file, loaded.module->config().dump());
  }
  save_weights(loaded, saved / "model.safetensors");
  const LoadedModule again = load(saved.path());
  EXPECT_EQ(again.module->config(), loaded.module->config());
  const auto before = loaded.module->parameters();
  const auto after = again.module->parameters();
  ASSERT_EQ(before.size(), after.size());
  for (size_t i = 0; i < before.size(); ++i)
    EXPECT_EQ(flat(before[i]->value), flat(after[i]->value));
}

INSTANTIATE_TEST_SUITE_P(All, Modules, testing::ValuesIn(case_names()),
                         [](const auto& instance) { return instance.param; });

TEST(Dense, EveryActivation) {
  const auto x = golden_tensors().values("activations");
  for (const auto& name : description().at("activations").get<std::vector<std::string>>()) {
    SCOPED_TRACE(name);
    const std::string module = name == "Identity" ? "linear." : "activation.";
    const auto dense = nn::Dense::from_config({{"in_features", 1},
                                               {"out_features", 1},
                                               {"bias", false},
                                               {"activation_function", "torch.nn.modules." + module + name}},
                                              "here");
    dense->parameters().front()->value = Tensor::empty(1, 1);
    *dense->parameters().front()->value.data<float>() = 1;
    nn::Features features;
    Tensor column = Tensor::empty(static_cast<int64_t>(x.size()), 1);
    std::copy(x.begin(), x.end(), column.data<float>());
    const Var input = features.sentence_embedding = make_variable(column, true);
    Tape tape;
    Execution run{.tape = &tape};
    dense->forward(run, features);
    const Var output = features.sentence_embedding;
    expect_close(output->value, golden_tensors().values(name + ".values"), "values");
    output->gradient = Tensor::empty(output->rows(), 1);
    std::fill_n(output->gradient.data<float>(), output->rows(), 1.F);
    tape.backward();
    expect_close(input->gradient, golden_tensors().values(name + ".slopes"), "slopes");
    const std::string saved = dense->config().at("activation_function");
    EXPECT_EQ(saved, "torch.nn.modules." + module + (name == "CELU" ? "ELU" : name));
  }
}

}  // namespace
}  // namespace sbert
