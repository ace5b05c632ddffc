#include "nn/pooling.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/fail.h"
#include "nn/config_size.h"
#include "nn/feature_name.h"
#include "tensor/ops/pooling.h"
#include "tensor/ops/rows.h"

namespace sbert::nn {
namespace {

using models::PoolingMode;

struct ModeEntry {
  PoolingMode mode;
  const char* name;        // value of "pooling_mode"
  const char* switch_key;  // older key
  Var (*pool)(Execution& run, const PoolingInput& input);
};

// In the order in which the older files concatenate.
constexpr std::array<ModeEntry, 6> kModes{{
    {PoolingMode::cls, "cls", "pooling_mode_cls_token", pool_first},
    {PoolingMode::max, "max", "pooling_mode_max_tokens", pool_max},
    {PoolingMode::mean, "mean", "pooling_mode_mean_tokens", pool_mean},
    {PoolingMode::mean_sqrt_len_tokens, "mean_sqrt_len_tokens", "pooling_mode_mean_sqrt_len_tokens",
     pool_mean_sqrt_length},
    {PoolingMode::weightedmean, "weightedmean", "pooling_mode_weightedmean_tokens", pool_weighted_mean},
    {PoolingMode::lasttoken, "lasttoken", "pooling_mode_lasttoken", pool_last},
}};

const ModeEntry& entry_of(PoolingMode mode) {
  return *std::find_if(kModes.begin(), kModes.end(), [mode](const ModeEntry& entry) { return entry.mode == mode; });
}

PoolingMode mode_from_name(const std::string& name, const std::string& where) {
  std::string known;
  for (const auto& entry : kModes) {
    if (name == entry.name) return entry.mode;
    known += (known.empty() ? "" : ", ") + std::string(entry.name);
  }
  fail(ErrorCode::unsupported, where, ": pooling mode '", name, "' is not supported; supported: ", known);
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
  for (const auto& entry : kModes) {
    if (json_value(config, entry.switch_key, false, where)) modes.push_back(entry.mode);
  }
  if (modes.empty()) modes.push_back(PoolingMode::mean);
  return modes;
}

/// The modes that the older switches say, when those of `modes` are on.
std::vector<PoolingMode> said_by_switches(const std::vector<PoolingMode>& modes) {
  std::vector<PoolingMode> said;
  for (const auto& entry : kModes) {
    if (std::find(modes.begin(), modes.end(), entry.mode) != modes.end()) said.push_back(entry.mode);
  }
  return said;
}

}  // namespace

std::string to_string(PoolingMode mode) {
  return entry_of(mode).name;
}

Pooling::Pooling(int64_t dimension, std::vector<PoolingMode> modes, bool include_prompt)
    : dimension_(dimension), modes_(std::move(modes)), include_prompt_(include_prompt) {
  if (dimension_ <= 0)
    fail(ErrorCode::invalid_argument, "Pooling: embedding dimension must be positive, not ", dimension_);
  if (modes_.empty()) fail(ErrorCode::invalid_argument, "Pooling: at least one mode is needed");
}

std::shared_ptr<Pooling> Pooling::from_config(const Json& config, const std::string& where) {
  const int64_t dimension = config_size(config, {"embedding_dimension", "word_embedding_dimension"}, where);
  auto modes = read_modes(config, where);
  if (modes.empty()) fail(ErrorCode::corrupt_data, where, ": 'pooling_mode' should name at least one mode");
  return std::make_shared<Pooling>(dimension, std::move(modes), json_value(config, "include_prompt", true, where));
}

void Pooling::forward(Execution& run, Features& features) const {
  run.dropout_first_row = static_cast<uint64_t>(features.batch.before.sequences);
  const PoolingInput input{.tokens = features.token_embeddings,
                           .batch = features.batch,
                           .include_prompt = include_prompt_,
                           .token_weights_sum = features.token_weights_sum};
  std::vector<Var> parts;
  for (const PoolingMode mode : modes_)
    parts.push_back(entry_of(mode).pool(run, input));
  features.sentence_embedding = parts.size() == 1 ? parts.front() : concat_columns(run, parts);
}

Dimensions Pooling::dimensions(const Dimensions& input) const {
  check_input(*this, FeatureName::token_embeddings, input, dimension_);
  return {input.tokens, dimension_ * static_cast<int64_t>(modes_.size())};
}

OrderedJson Pooling::config() const {
  OrderedJson config{{"word_embedding_dimension", dimension_}};
  if (said_by_switches(modes_) == modes_) {
    for (const auto& entry : kModes)
      config[entry.switch_key] = std::find(modes_.begin(), modes_.end(), entry.mode) != modes_.end();
  } else {
    // Another order than the switches': only version 6 knows it, and older ones had better fail than mix it up.
    for (const PoolingMode mode : modes_)
      config["pooling_mode"].push_back(to_string(mode));
  }
  config["include_prompt"] = include_prompt_;
  return config;
}

}  // namespace sbert::nn
