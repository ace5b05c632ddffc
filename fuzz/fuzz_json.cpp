#include <cstddef>
#include <cstdint>
#include <string_view>

#include <sbert/error.h>

#include "base/json.h"
#include "nn/architectures/architecture.h"
#include "nn/dense.h"
#include "nn/pooling.h"

namespace {

using sbert::Json;

void read_encoder(const Json& config) {
  const auto& kind = sbert::nn::architecture(sbert::json_required<std::string>(config, "model_type", "fuzz"), "fuzz");
  kind.make(config, "fuzz");
}

void read_pooling(const Json& config) {
  sbert::nn::Pooling::from_config(config, "fuzz")->config();
}

void read_dense(const Json& config) {
  sbert::nn::Dense::from_config(config, "fuzz")->config();
}

}  // namespace

/// Input: the config.json of any module. Whatever the bytes are, the outcome is a module or an sbert::Error.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto read : {read_encoder, read_pooling, read_dense}) {
    try {
      read(sbert::parse_json(text, "fuzz"));
    } catch (const sbert::Error&) {
    }
  }
  return 0;
}
