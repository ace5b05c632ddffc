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
    return load_module(case_.at("type").get<std::string>(), directory, "modules.json");
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
  save_weights(loaded, saved / "model.safetensors", StoredDType::f32);
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

/// A module's config with one value changed must be refused, naming it.
void expect_refused(const std::string& golden, const std::string& key, const Json& value, ErrorCode code) {
  SCOPED_TRACE(golden + ": " + key + " = " + value.dump());
  const test::TemporaryDirectory copy;
  fs::copy(test::golden_path("modules", golden), copy / "module");
  const std::string type = description().at("cases").at(golden).at("type");
  for (const auto& entry : fs::directory_iterator(copy / "module")) {
    if (entry.path().extension() != ".json") continue;
    Json config = read_json_file(entry.path());
    config[key] = value;
    write_file_atomically(entry.path(), config.dump());
  }
  test::expect_error([&] { load_module(type, copy / "module", "modules.json"); }, code, {key});
}

TEST(ModuleConfigs, ThatMakeNoSenseAreRefused) {
  using enum ErrorCode;
  const Json huge = int64_t{1} << 62;
  for (const Json& size : {Json(0), Json(-1), huge, Json("6"), Json(nullptr)}) {
    expect_refused("layer_norm", "dimension", size, corrupt_data);
    expect_refused("cnn", "in_embedding_dimension", size, corrupt_data);
    expect_refused("cnn", "out_channels", size, corrupt_data);
    expect_refused("lstm", "embedding_dimension", size, corrupt_data);
    expect_refused("lstm", "hidden_dim", size, corrupt_data);
    expect_refused("weighted_layers", "num_hidden_layers", size, corrupt_data);
  }
  for (const Json& layers : {Json(0), Json(-1), huge}) {
    expect_refused("lstm", "num_layers", layers, corrupt_data);
  }
  for (const Json& start : {Json(5), Json(-1), huge}) {
    expect_refused("weighted_layers", "layer_start", start, corrupt_data);
  }
  for (const Json& probability : {Json(-0.1), Json(1.5), Json("x")}) {
    expect_refused("dropout", "dropout", probability, corrupt_data);
    expect_refused("lstm", "dropout", probability, corrupt_data);
  }
  expect_refused("cnn", "kernel_sizes", Json::array(), corrupt_data);
  for (const int64_t size : {int64_t{0}, int64_t{-3}, int64_t{2}, int64_t{1} << 62}) {
    expect_refused("cnn", "kernel_sizes", {size}, unsupported);
  }
  expect_refused("cnn", "stride_sizes", {1, 2, 1}, unsupported);
  expect_refused("word_weights", "vocab", Json::array(), corrupt_data);
  expect_refused("word_weights", "vocab", {1, 2}, corrupt_data);
  expect_refused("word_weights", "word_weights", {"a", "b"}, corrupt_data);
  expect_refused("dense", "activation_function", "torch.nn.modules.activation.PReLU", unsupported);
  expect_refused("dense", "activation_function", "os.system", unsupported);
  expect_refused("dense", "module_output_name", "elsewhere", unsupported);
  expect_refused("normalize", "module_input_name", "scores", unsupported);
}

TEST(ModuleConfigs, WordWeightsWithoutWeightsAreThoseOfTheConfig) {
  const test::TemporaryDirectory old;
  fs::copy(test::golden_path("modules", "word_weights") / "config.json", old / "config.json");
  const auto loaded = load_module("WordWeights", old.path(), "modules.json");
  const auto with_file = load_module("WordWeights", test::golden_path("modules", "word_weights"), "modules.json");
  EXPECT_EQ(flat(loaded.module->parameters().front()->value), flat(with_file.module->parameters().front()->value));
}

TEST(WordWeights, WhatWasTrainedIsInTheConfigOfPython) {
  const auto loaded = load_module("WordWeights", test::golden_path("modules", "word_weights"), "modules.json");
  const Json before = loaded.module->config();
  EXPECT_EQ(before, read_json_file(test::golden_path("modules", "word_weights") / "config.json"));
  // A value of its own: the vocabulary's Word1 and its lower case weigh otherwise.
  Tensor trained = loaded.module->parameters().front()->value.clone();
  trained.data<float>()[2] = 0.1F;
  loaded.module->parameters().front()->value = trained;
  const test::TemporaryDirectory saved;
  write_file_atomically(saved / "config.json", loaded.module->config().dump());
  const auto again = load_module("WordWeights", saved.path(), "modules.json");
  EXPECT_EQ(flat(again.module->parameters().front()->value), flat(trained));
}

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
