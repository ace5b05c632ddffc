#pragma once

#include <string>

#include <sbert/models.h>

#include "nn/module.h"

namespace sbert::nn {

using models::FeatureName;

/// What `module_input_name` of a module's config.json says; sentence_embedding where it says nothing.
/// THROWS: unsupported for anything else, or if `module_output_name` is another.
FeatureName feature_name_from_config(const Json& config, const std::string& where);

/// Writes it where it is not what a missing key means: older versions of sentence-transformers refuse the key.
void write_feature_name(OrderedJson& config, FeatureName name);

/// As in the config: "token_embeddings".
std::string to_string(FeatureName name);
Var& feature(Features& features, FeatureName name);
int64_t& dimension(Dimensions& dimensions, FeatureName name);

/// THROWS: invalid_argument, for `module`, unless what it reads is there and of dimension `expected` (0: any).
void check_input(const Module& module, FeatureName name, Dimensions input, int64_t expected = 0);

}  // namespace sbert::nn
