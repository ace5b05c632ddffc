#include "text/post_processors/registry.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace sbert::text {

namespace {

struct PostProcessorEntry {
  std::string_view type;
  PostProcessor (*make)(const Json& config, const std::string& where);
};

constexpr std::array kPostProcessors = {
    PostProcessorEntry{"BertProcessing", make_bert_processing},
    PostProcessorEntry{"ByteLevel", make_byte_level_processing},
    PostProcessorEntry{"RobertaProcessing", make_roberta_processing},
    PostProcessorEntry{"Sequence", make_post_processor_sequence},
    PostProcessorEntry{"TemplateProcessing", make_template_processing},
};

}  // namespace

size_t PostProcessor::special_count(const std::vector<Part>& parts) {
  return static_cast<size_t>(
      std::ranges::count_if(parts, [](const Part& part) { return part.kind == Part::Kind::special; }));
}

PostProcessor default_post_processor() {
  using Kind = PostProcessor::Part::Kind;
  return {{{Kind::sequence_a, 0}}, {{Kind::sequence_a, 0}, {Kind::sequence_b, 1}}};
}

PostProcessor make_post_processor(const Json& config, const std::string& where) {
  if (config.is_null()) return default_post_processor();
  const auto type = json_required<std::string>(config, "type", where);
  for (const PostProcessorEntry& entry : kPostProcessors) {
    if (entry.type == type) return entry.make(config, where + ": " + type);
  }
  fail(ErrorCode::unsupported, where, ": post-processor '", type, "' is not known to this version");
}

int32_t read_token_id(const Json& value, const std::string& where) {
  const bool fits = value.is_number_integer() && value.get<int64_t>() >= 0 && value.get<int64_t>() <= INT32_MAX;
  if (!fits) fail(ErrorCode::corrupt_data, where, ": ", value.dump(), " is not the id of a token");
  return value.get<int32_t>();
}

PostProcessor::Part special_part(const Json& config, const char* key, int32_t type_id, const std::string& where) {
  const auto pair = config.find(key);
  if (pair == config.end() || !pair->is_array() || pair->size() != 2 || !(*pair)[0].is_string()) {
    fail(ErrorCode::corrupt_data, where, ": '", key, "' should be a token and its id, as in [\"[SEP]\", 102]");
  }
  const int32_t id = read_token_id((*pair)[1], concat(where, ": '", key, "'"));
  return {PostProcessor::Part::Kind::special, type_id, id, (*pair)[0].get<std::string>()};
}

}  // namespace sbert::text
