#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <sbert/sentence_transformer.h>

#include "base/json.h"
#include "cli/flags.h"

namespace sbert::cli {

/// A module to be made, and its parameters: "Dense:256:bias=false".
struct ModuleSettings {
  std::string name;
  Json options = Json::object();
};
void read_value(std::string_view text, ModuleSettings& value);

/// The modules of a new model, in their order: "Transformer:distilroberta-base,Pooling:mean,Dense:256".
struct ModuleList {
  std::vector<ModuleSettings> list;
};
void read_value(std::string_view text, ModuleList& value);

/// THROWS: invalid_argument for parameters that make no sense and modules that do not fit together; what opening the
/// files throws that they name. `seed`: of fresh weights.
SentenceTransformer make_model(const ModuleList& modules, uint64_t seed);

/// All modules, for --help.
Flags::List module_help();

}  // namespace sbert::cli
