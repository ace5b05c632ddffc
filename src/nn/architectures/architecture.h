#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "nn/encoder.h"

namespace sbert::nn {

/// How one `model_type` of config.json becomes an encoder: its shape, and what it calls its tensors.
struct Architecture {
  std::string_view model_type;
  /// In front of tensor names in checkpoints with a head ("bert."); names without it are tried too.
  std::string_view checkpoint_prefix;
  EncoderConfig (*read_config)(const Json& config, const std::string& where);
  EncoderNames (*names)();
};

/// THROWS: unsupported, naming what is supported, if there is none of this name.
const Architecture& architecture(const std::string& model_type, const std::string& where);

// One line here and one in architecture.cpp for each file of this folder.
extern const Architecture kBert;

}  // namespace sbert::nn
