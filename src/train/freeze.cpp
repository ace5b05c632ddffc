#include "train/freeze.h"

#include <algorithm>

#include "base/fail.h"

namespace sbert {
namespace {

/// How many of the tensors that `parameter` is on disk the prefix fits.
size_t fitting_parts(const Parameter& parameter, const std::string& module, const std::string& prefix) {
  return static_cast<size_t>(
      std::count_if(parameter.parts.begin(), parameter.parts.end(), [&](const Parameter::Part& part) {
        return part.name.starts_with(prefix) || (module + part.name).starts_with(prefix);
      }));
}

}  // namespace

std::vector<ParameterPtr> freeze_parameters(ModelImplementation& model, std::span<const std::string> prefixes) {
  std::vector<ParameterPtr> frozen;
  for (const std::string& prefix : prefixes) {
    bool used = false;
    for (size_t i = 0; i < model.modules().size(); ++i) {
      for (const auto& parameter : model.modules()[i].module->parameters()) {
        const size_t parts = fitting_parts(*parameter, std::to_string(i) + ".", prefix);
        if (parts == 0) continue;
        if (parts < parameter->parts.size()) {
          fail(ErrorCode::invalid_argument, "freeze: '", prefix, "' is a part of a fused parameter; freeze all of '",
               parameter->parts.front().name, "' to '", parameter->parts.back().name, "', or none");
        }
        if (!parameter->frozen) frozen.push_back(parameter);
        parameter->frozen = used = true;
      }
    }
    if (!used) {
      fail(ErrorCode::invalid_argument, "freeze: no parameter's name begins with '", prefix,
           "'; `sbert info --parameters MODEL` lists them");
    }
  }
  return frozen;
}

}  // namespace sbert
