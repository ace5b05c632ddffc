#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/json.h"
#include "nn/encoder.h"

namespace sbert::nn {

/// How one `model_type` of config.json becomes an encoder.
struct Architecture {
  std::string_view model_type;
  /// In front of tensor names in checkpoints with a head ("bert."); names without it are tried too.
  std::string_view checkpoint_prefix;
  /// The encoder that `config` (config.json) describes, its parameters without values.
  /// THROWS: corrupt_data, unsupported, naming `where` and the key.
  std::unique_ptr<Encoder> (*make)(const Json& config, const std::string& where);
};

/// THROWS: unsupported, naming what is supported, if there is none of this name.
const Architecture& architecture(const std::string& model_type, const std::string& where);

// One line here and one in architecture.cpp for each; variants of one family share a file.
extern const Architecture kBert;
extern const Architecture kCamembert;
extern const Architecture kDistilbert;
extern const Architecture kMpnet;
extern const Architecture kRoberta;
extern const Architecture kXlmRoberta;

}  // namespace sbert::nn
