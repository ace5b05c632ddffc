#include "nn/pooling.h"

#include <array>
#include <utility>

#include "base/fail.h"
#include "tensor/ops/pooling.h"
#include "tensor/ops/rows.h"

namespace sbert::nn {
namespace {

using models::PoolingMode;

struct ModeName {
  PoolingMode mode;
  const char* name;        // value of "pooling_mode"
  const char* switch_key;  // older key
};

// In the order in which the older files concatenate.
constexpr std::array<ModeName, 4> kModes{{
    {PoolingMode::cls, "cls", "pooling_mode_cls_token"},
    {PoolingMode::max, "max", "pooling_mode_max_tokens"},
    {PoolingMode::mean, "mean", "pooling_mode_mean_tokens"},
    {PoolingMode::mean_sqrt_len_tokens, "mean_sqrt_len_tokens", "pooling_mode_mean_sqrt_len_tokens"},
}};

PoolingMode mode_from_name(const std::string& name, const std::string& where) {
  for (const auto& entry : kModes) {
    if (name == entry.name) return entry.mode;
  }
  fail(ErrorCode::unsupported, where, ": pooling mode '", name, "' is not supported");
}

std::vector<PoolingMode> read_modes(const Json& config, const std::string& where) {
  std::vector<PoolingMode> modes;
  if (config.contains("pooling_mode")) {
    const Json& value = config["pooling_mode"];
    if (value.is_string()) return {mode_from_name(value.get<std::string>(), where)};
    for (const auto& name : json_required<std::vector<std::string>>(config, "pooling_mode", where)) {
      modes.push_back(mode_from_name(name, where));
    }
    return modes;
  }
  for (const char* unsupported : {"pooling_mode_weightedmean_tokens", "pooling_mode_lasttoken"}) {
    if (json_value(config, unsupported, false, where)) {
      fail(ErrorCode::unsupported, where, ": '", unsupported, "' is not supported");
    }
  }
  for (const auto& entry : kModes) {
    if (json_value(config, entry.switch_key, false, where)) modes.push_back(entry.mode);
  }
  if (modes.empty()) modes.push_back(PoolingMode::mean);
  return modes;
}

Var pool(Execution& run, const Features& features, PoolingMode mode) {
  switch (mode) {
    case PoolingMode::cls:
      return pool_cls(run, features.token_embeddings, features.batch);
    case PoolingMode::max:
      return pool_max(run, features.token_embeddings, features.batch);
    case PoolingMode::mean:
      return pool_mean(run, features.token_embeddings, features.batch, false);
    case PoolingMode::mean_sqrt_len_tokens:
      break;
  }
  return pool_mean(run, features.token_embeddings, features.batch, true);
}

}  // namespace

std::string to_string(PoolingMode mode) {
  for (const auto& entry : kModes) {
    if (entry.mode == mode) return entry.name;
  }
  return "mean";
}

Pooling::Pooling(int64_t dimension, std::vector<PoolingMode> modes) : dimension_(dimension), modes_(std::move(modes)) {
  if (dimension_ <= 0)
    fail(ErrorCode::invalid_argument, "Pooling: embedding dimension must be positive, not ", dimension_);
  if (modes_.empty()) fail(ErrorCode::invalid_argument, "Pooling: at least one mode is needed");
}

std::shared_ptr<Pooling> Pooling::from_config(const Json& config, const std::string& where) {
  const char* key = config.contains("embedding_dimension") ? "embedding_dimension" : "word_embedding_dimension";
  const auto dimension = json_required<int64_t>(config, key, where);
  if (dimension <= 0) fail(ErrorCode::corrupt_data, where, ": '", key, "' must be positive, not ", dimension);
  auto modes = read_modes(config, where);
  if (modes.empty()) fail(ErrorCode::corrupt_data, where, ": 'pooling_mode' should name at least one mode");
  return std::make_shared<Pooling>(dimension, std::move(modes));
}

void Pooling::forward(Execution& run, Features& features) const {
  run.dropout_first_row = static_cast<uint64_t>(features.batch.before.sequences);
  std::vector<Var> parts;
  for (const PoolingMode mode : modes_)
    parts.push_back(pool(run, features, mode));
  features.sentence_embedding = parts.size() == 1 ? parts.front() : concat_columns(run, parts);
}

int64_t Pooling::output_dimension(int64_t input) const {
  if (input != dimension_) {
    fail(ErrorCode::invalid_argument, "Pooling expects token embeddings of dimension ", dimension_, ", gets ", input);
  }
  return dimension_ * static_cast<int64_t>(modes_.size());
}

OrderedJson Pooling::config() const {
  OrderedJson config{{"word_embedding_dimension", dimension_}};
  for (const auto& entry : kModes) {
    config[entry.switch_key] = std::find(modes_.begin(), modes_.end(), entry.mode) != modes_.end();
  }
  config["pooling_mode_weightedmean_tokens"] = false;
  config["pooling_mode_lasttoken"] = false;
  config["include_prompt"] = true;
  return config;
}

}  // namespace sbert::nn
