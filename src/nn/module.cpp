#include "nn/module.h"

#include <algorithm>

#include "base/fail.h"

namespace sbert::nn {

void require_embeddings(const InputModule& module, std::span<const int32_t> ids, int64_t rows) {
  const auto without = std::ranges::find_if(ids, [rows](int32_t id) { return id >= rows; });
  if (without == ids.end()) return;
  fail(ErrorCode::corrupt_data, "a text has the token '", module.token(*without), "' (", *without,
       "), for which the model has no embedding: its table has ", rows, " rows");
}

void keep_layers_if_read(std::span<const std::shared_ptr<Module>> modules) {
  auto* input = modules.empty() ? nullptr : dynamic_cast<InputModule*>(modules.front().get());
  const auto reads = [](const auto& module) { return module->reads_layers(); };
  if (input != nullptr && std::any_of(modules.begin() + 1, modules.end(), reads)) input->keep_layers();
}

}  // namespace sbert::nn
