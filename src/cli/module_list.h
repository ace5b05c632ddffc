#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sbert/sentence_transformer.h>

#include "base/json.h"
#include "cli/flags.h"
#include "cli/module_makers.h"

namespace sbert::cli {

/// A module to be made, and its parameters: "Dense:256:bias=false".
struct ModuleSettings {
  std::string name;
  Json options = Json::object();
};
void read_value(std::string_view text, ModuleSettings& value);

/// "Dense:256", or {"name": "Dense", "out_features": 256} as a recipe may say it.
ModuleSettings module_settings(const Json& value);

/// The modules of a new model, in their order: "Transformer:distilroberta-base,Pooling:mean,Dense:256".
struct ModuleList {
  std::vector<ModuleSettings> list;
};
void read_value(std::string_view text, ModuleList& value);

/// THROWS: invalid_argument for parameters that make no sense and modules that do not fit together; what opening the
/// files throws that they name. `seed`: of fresh weights.
std::vector<models::Module> make_modules(std::span<const ModuleSettings> list, ModulesBefore before);
SentenceTransformer make_model(const ModuleList& modules, uint64_t seed);

/// All modules, for --help.
Flags::List module_help();

}  // namespace sbert::cli
