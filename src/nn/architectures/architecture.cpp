#include "nn/architectures/architecture.h"

#include <array>

#include "base/fail.h"

namespace sbert::nn {

const Architecture& architecture(const std::string& model_type, const std::string& where) {
  static const std::array<const Architecture*, 6> known{&kBert,  &kCamembert, &kDistilbert,
                                                        &kMpnet, &kRoberta,   &kXlmRoberta};
  std::string names;
  for (const Architecture* entry : known) {
    if (entry->model_type == model_type) return *entry;
    names += (names.empty() ? "" : ", ") + std::string(entry->model_type);
  }
  fail(ErrorCode::unsupported, where, ": model_type '", model_type, "' is not supported; supported: ", names);
}

}  // namespace sbert::nn
