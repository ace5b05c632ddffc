#include <cmath>

#include <gtest/gtest.h>

#include "nn/activation_names.h"
#include "support/errors.h"
#include "support/goldens.h"
#include "tensor/ops/activation.h"

namespace sbert {
namespace {

/// What transformers computed.
class ActivationGoldens : public testing::Test {
 protected:
  Json names_ = read_json_file(test::golden_path("activations", "activations.json"));
  test::GoldenTensors tensors_{"activations.safetensors", "activations"};
};

void expect_close(const Tensor& found, const std::vector<float>& expected, const std::string& what) {
  ASSERT_EQ(static_cast<size_t>(found.size()), expected.size());
  for (size_t i = 0; i < expected.size(); ++i)
    EXPECT_NEAR(found.data<float>()[i], expected[i], 2e-6 * std::max(1.f, std::abs(expected[i]))) << what << " " << i;
}

TEST_F(ActivationGoldens, ValuesAndSlopesOfAllThatTransformersHas) {
  const std::vector<float> numbers = tensors_.values("x");
  const Tensor x = Tensor::empty(1, static_cast<int64_t>(numbers.size()));
  std::ranges::copy(numbers, x.data<float>());
  for (const auto& name : names_.at("elementwise").get<std::vector<std::string>>()) {
    const Var in = make_variable(x, true);
    Tape tape;
    Execution run{.tape = &tape};
    // Where the function is that of its input, there is nothing to record.
    const Var out = activate(run, in, nn::activation_of_transformers(name, "hidden_act", "config.json"));
    expect_close(out->value, tensors_.values(name + ".value"), name);
    if (out == in) continue;
    out->gradient = Tensor::empty(1, x.cols());
    std::fill_n(out->gradient.data<float>(), x.cols(), 1.f);
    tape.backward();
    expect_close(in->gradient, tensors_.values(name + ".slope"), name + "'s slope");
  }
}

TEST_F(ActivationGoldens, OthersAreRefusedByName) {
  auto others = names_.at("learned").get<std::vector<std::string>>();
  others.insert(others.end(), {"", "gelu_knew", "Tanh"});
  for (const std::string& name : others) {
    test::expect_error([&] { nn::activation_of_transformers(name, "hidden_act", "a/config.json"); },
                       ErrorCode::unsupported, {"a/config.json", "hidden_act '" + name + "'", "gelu_new"});
  }
}

TEST(ActivationNames, WhatTorchSavesIsReadAgain) {
  for (int kind = 0; kind <= static_cast<int>(Activation::tanhshrink); ++kind) {
    const std::string path = nn::torch_path(static_cast<Activation>(kind));
    EXPECT_EQ(nn::activation_of_torch(path, "config.json"), static_cast<Activation>(kind)) << path;
  }
  EXPECT_EQ(nn::torch_path(Activation::quick_gelu), "");
}

}  // namespace
}  // namespace sbert
