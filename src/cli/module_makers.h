#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <sbert/models.h>

#include "losses/options.h"
#include "nn/module.h"

namespace sbert::cli {

/// What stands before a module: dimensions are taken from there and need not be said.
struct ModulesBefore {
  std::vector<models::Module> modules{};
  nn::Dimensions dimensions{};  ///< of what comes out of them
  uint64_t seed = 42;           ///< of fresh weights
};

/// How a module is made from what the command line or a recipe says of it.
struct ModuleMaker {
  std::string_view name;  ///< its class
  const char* argument;   ///< the parameter that may be said without its name; empty: none
  const char* usage;      ///< for --help: "Dense:N"
  const char* help;
  models::Module (*make)(losses::OptionReader& options, const ModulesBefore& before);
};

extern const ModuleMaker kRouterMaker;

std::span<const ModuleMaker* const> module_makers();

}  // namespace sbert::cli
