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

FrozenParameters::FrozenParameters(const ModelImplementation& model, std::span<const std::string> prefixes) {
  std::vector<ParameterPtr> found;
  for (const std::string& prefix : prefixes) {
    const size_t before = found.size();
    for (const auto& leaf : model.leaves()) {
      for (const auto& parameter : leaf.module->module->parameters()) {
        const size_t parts = fitting_parts(*parameter, leaf.prefix, prefix);
        if (parts == 0) continue;
        if (parts < parameter->parts.size()) {
          fail(ErrorCode::invalid_argument, "freeze: '", prefix, "' is a part of a fused parameter; freeze all of '",
               parameter->parts.front().name, "' to '", parameter->parts.back().name, "', or none");
        }
        found.push_back(parameter);
      }
    }
    if (found.size() == before) {
      fail(ErrorCode::invalid_argument, "freeze: no parameter's name begins with '", prefix,
           "'; `sbert info --parameters MODEL` lists them");
    }
  }
  for (const auto& parameter : found) {
    if (!parameter->frozen) parameters_.push_back(parameter);
    parameter->frozen = true;
  }
}

FrozenParameters::~FrozenParameters() {
  for (const auto& parameter : parameters_)
    parameter->frozen = false;
}

}  // namespace sbert
