#include "nn/module.h"

#include <algorithm>

namespace sbert::nn {

void keep_layers_if_read(std::span<const std::shared_ptr<Module>> modules) {
  auto* input = modules.empty() ? nullptr : dynamic_cast<InputModule*>(modules.front().get());
  const auto reads = [](const auto& module) { return module->reads_layers(); };
  if (input != nullptr && std::any_of(modules.begin() + 1, modules.end(), reads)) input->keep_layers();
}

}  // namespace sbert::nn
