#include "nn/transformer_config.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/fail.h"
#include "base/files.h"
#include "base/json.h"

namespace sbert::nn {
namespace {

/// In Python's order.
constexpr std::array kNames{"sentence_bert_config.json",       "sentence_roberta_config.json",
                            "sentence_distilbert_config.json", "sentence_camembert_config.json",
                            "sentence_albert_config.json",     "sentence_xlm-roberta_config.json",
                            "sentence_xlnet_config.json"};

/// What calling the tokenizer may be told without other tokens coming out: texts are never padded here.
constexpr std::array<std::string_view, 4> kHarmless{"padding", "pad_to_multiple_of", "return_tensors", "verbose"};

/// Lengths are positive; 0 or null mean none.
int64_t read_length(const Json& object, const char* key, const std::string& where) {
  return std::max<int64_t>(json_value<int64_t>(object, key, 0, where), 0);
}

/// 6.x: {"common": {...}, "text": {"max_length": 128}}; what "text" says wins.
int64_t read_processing_length(const Json& config, const std::string& where) {
  int64_t length = 0;
  const Json kwargs = json_value<Json>(config, "processing_kwargs", Json::object(), where);
  for (const char* group : {"common", "text"}) {
    const Json settings = json_value<Json>(kwargs, group, Json::object(), where);
    for (const auto& [key, value] : settings.items()) {
      if (key == "max_length") {
        length = read_length(settings, "max_length", where);
      } else if (key == "truncation" ? value == false : std::ranges::find(kHarmless, key) == kHarmless.end()) {
        fail(ErrorCode::unsupported, where, ": processing_kwargs: '", key, "' ", value.dump(), " is not supported");
      }
    }
  }
  return length;
}

/// Newer releases call it "processor_kwargs".
int64_t read_tokenizer_length(const Json& config, const std::string& where) {
  for (const char* key : {"processor_kwargs", "tokenizer_args"}) {
    const int64_t length = read_length(json_value<Json>(config, key, Json::object(), where), "model_max_length", where);
    if (length != 0) return length;
  }
  return 0;
}

}  // namespace

TransformerConfig read_transformer_config(const std::filesystem::path& directory) {
  const auto found = std::ranges::find_if(kNames, [&](const char* name) { return is_there(directory / name); });
  TransformerConfig read{.file = directory / (found == kNames.end() ? kNames.front() : *found)};
  if (found == kNames.end()) return read;
  const Json config = read_json_file(read.file);
  const std::string where = read.file.string();
  if (const auto task = json_value<std::string>(config, "transformer_task", "feature-extraction", where);
      task != "feature-extraction") {
    fail(ErrorCode::unsupported, where, ": transformer_task '", task,
         "' is not supported; supported: feature-extraction");
  }
  for (const int64_t length : {read_processing_length(config, where), read_tokenizer_length(config, where),
                               read_length(config, "max_seq_length", where)}) {
    if (read.max_seq_length == 0) read.max_seq_length = length;
  }
  read.do_lower_case = json_value(config, "do_lower_case", false, where);
  return read;
}

}  // namespace sbert::nn
