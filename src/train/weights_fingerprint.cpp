#include "train/weights_fingerprint.h"

#include <string_view>

#include "base/fail.h"
#include "hub/hashes.h"

namespace sbert {

std::string weights_fingerprint(const ModelImplementation& model) {
  hub::Hash hash = hub::Hash::sha256();
  for (const ParameterPtr& parameter : model.parameters()) {
    for (const auto& part : parameter->parts) {
      hash.update(concat(part.name, "\n"));
      for (const int64_t size : part.shape)
        hash.update(concat(size, "\n"));
    }
    hash.update({reinterpret_cast<const char*>(parameter->value.data<float>()),
                 static_cast<size_t>(parameter->value.size()) * sizeof(float)});
  }
  model.release_files();
  return hash.finish();
}

}  // namespace sbert
