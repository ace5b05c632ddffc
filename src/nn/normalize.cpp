#include "nn/normalize.h"

#include "tensor/ops/rows.h"

namespace sbert::nn {

std::shared_ptr<Normalize> Normalize::from_config(const Json& config, const std::string& where) {
  return std::make_shared<Normalize>(feature_name_from_config(config, where));
}

void Normalize::forward(Execution& run, Features& features) const {
  Var& x = feature(features, name_);
  x = normalize_rows(run, x);
}

Dimensions Normalize::dimensions(const Dimensions& input) const {
  check_input(*this, name_, input);
  return input;
}

std::string Normalize::config_file() const {
  return config().empty() ? "" : "config.json";
}

OrderedJson Normalize::config() const {
  OrderedJson config = OrderedJson::object();
  write_feature_name(config, name_);
  return config;
}

}  // namespace sbert::nn
