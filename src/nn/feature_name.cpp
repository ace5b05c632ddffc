#include "nn/feature_name.h"

#include "base/fail.h"

namespace sbert::nn {

FeatureName feature_name_from_config(const Json& config, const std::string& where) {
  const auto read = [&](const char* key, const std::string& otherwise) {
    const auto found = config.find(key);
    return found == config.end() || found->is_null() ? otherwise : json_required<std::string>(config, key, where);
  };
  const std::string input = read("module_input_name", to_string(FeatureName::sentence_embedding));
  if (const std::string output = read("module_output_name", input); output != input) {
    fail(ErrorCode::unsupported, where, ": 'module_output_name' is '", output, "' and 'module_input_name' is '", input,
         "'; only modules that replace what they read are supported");
  }
  for (const FeatureName name : {FeatureName::sentence_embedding, FeatureName::token_embeddings}) {
    if (input == to_string(name)) return name;
  }
  fail(ErrorCode::unsupported, where, ": 'module_input_name' is '", input,
       "'; supported: sentence_embedding, token_embeddings");
}

void write_feature_name(OrderedJson& config, FeatureName name) {
  if (name == FeatureName::sentence_embedding) return;
  config["module_input_name"] = config["module_output_name"] = to_string(name);
}

std::string to_string(FeatureName name) {
  return name == FeatureName::token_embeddings ? "token_embeddings" : "sentence_embedding";
}

Var& feature(Features& features, FeatureName name) {
  return name == FeatureName::token_embeddings ? features.token_embeddings : features.sentence_embedding;
}

int64_t& dimension(Dimensions& dimensions, FeatureName name) {
  return name == FeatureName::token_embeddings ? dimensions.tokens : dimensions.sentence;
}

void check_input(const Module& module, FeatureName name, Dimensions input, int64_t expected) {
  const bool tokens = name == FeatureName::token_embeddings;
  const int64_t found = dimension(input, name);
  if (found == 0) {
    fail(ErrorCode::invalid_argument, module.type(), " reads ", to_string(name), ", but no module before it makes ",
         tokens ? "them; begin with a module that does, such as Transformer" : "it; put Pooling before it");
  }
  if (expected != 0 && found != expected) {
    fail(ErrorCode::invalid_argument, module.type(), " expects ", tokens ? "token" : "sentence",
         " embeddings of dimension ", expected, ", gets ", found);
  }
}

}  // namespace sbert::nn
