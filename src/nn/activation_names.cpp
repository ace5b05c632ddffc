#include "nn/activation_names.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/fail.h"

namespace sbert::nn {
namespace {

struct ActivationName {
  Activation kind;
  std::string_view torch;         // class in torch.nn; empty: none
  std::string_view transformers;  // key in ACT2FN; empty: none
};

// The first line of a kind has the name by which torch saves it.
constexpr auto kActivationNames = std::to_array<ActivationName>({
    {Activation::identity, "Identity", "linear"},
    {Activation::tanh, "Tanh", "tanh"},
    {Activation::relu, "ReLU", "relu"},
    {Activation::gelu, "GELU", "gelu"},
    {Activation::gelu, "", "gelu_python"},
    {Activation::sigmoid, "Sigmoid", "sigmoid"},
    {Activation::silu, "SiLU", "silu"},
    {Activation::silu, "", "swish"},
    {Activation::mish, "Mish", "mish"},
    {Activation::leaky_relu, "LeakyReLU", "leaky_relu"},
    {Activation::relu6, "ReLU6", "relu6"},
    {Activation::elu, "ELU", ""},
    {Activation::elu, "CELU", ""},
    {Activation::selu, "SELU", ""},
    {Activation::softplus, "Softplus", ""},
    {Activation::softsign, "Softsign", ""},
    {Activation::log_sigmoid, "LogSigmoid", ""},
    {Activation::hardtanh, "Hardtanh", ""},
    {Activation::hardsigmoid, "Hardsigmoid", ""},
    {Activation::hardswish, "Hardswish", "hardswish"},
    {Activation::hardshrink, "Hardshrink", ""},
    {Activation::softshrink, "Softshrink", ""},
    {Activation::tanhshrink, "Tanhshrink", ""},
    {Activation::gelu_tanh, "", "gelu_new"},
    {Activation::gelu_tanh, "", "gelu_fast"},
    {Activation::gelu_tanh, "", "gelu_accurate"},
    {Activation::gelu_tanh, "", "gelu_pytorch_tanh"},
    {Activation::gelu_tanh, "", "gelu_python_tanh"},
    {Activation::gelu_clipped, "", "gelu_10"},
    {Activation::quick_gelu, "", "quick_gelu"},
    {Activation::relu_squared, "", "relu2"},
    {Activation::laplace, "", "laplace"},
    {Activation::sqrt_softplus, "", "sqrtsoftplus"},
});

/// The kind that one of the columns calls `name`; nothing if there is none, and then `known` is what it has.
const ActivationName* find_activation(std::string_view ActivationName::*column, std::string_view name,
                                      std::string& known) {
  for (const auto& entry : kActivationNames) {
    if ((entry.*column).empty()) continue;
    if (entry.*column == name) return &entry;
    known += (known.empty() ? "" : ", ") + std::string(entry.*column);
  }
  return nullptr;
}

}  // namespace

Activation activation_of_torch(const std::string& path, const std::string& where) {
  const bool of_torch = path.starts_with("torch.nn.");
  const auto name = of_torch ? std::string_view(path).substr(path.rfind('.') + 1) : std::string_view();
  std::string known;
  if (const auto* entry = find_activation(&ActivationName::torch, name, known)) return entry->kind;
  fail(ErrorCode::unsupported, where, ": activation_function '", path,
       "' is not supported; supported of torch.nn: ", known);
}

std::string torch_path(Activation kind) {
  const auto* entry = std::ranges::find(kActivationNames, kind, &ActivationName::kind);
  if (entry->torch.empty()) return "";
  return concat(kind == Activation::identity ? "torch.nn.modules.linear." : "torch.nn.modules.activation.",
                entry->torch);
}

Activation activation_of_transformers(const std::string& name, const char* key, const std::string& where) {
  std::string known;
  if (const auto* entry = find_activation(&ActivationName::transformers, name, known)) return entry->kind;
  fail(ErrorCode::unsupported, where, ": ", key, " '", name, "' is not supported; supported: ", known);
}

}  // namespace sbert::nn
