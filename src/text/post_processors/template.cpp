#include "text/post_processors/registry.h"

namespace sbert::text {

namespace {

using Part = PostProcessor::Part;

/// The tokens that a special token of a template stands for; there may be several.
void append_special(std::vector<Part>& parts, const std::string& name, int32_t type_id, const Json& config,
                    const std::string& where) {
  const auto fail_shape = [&] {
    fail(ErrorCode::corrupt_data, where, ": special_tokens: '", name, "' should have a list of 'ids' and of 'tokens'");
  };
  const auto all = config.find("special_tokens");
  if (all == config.end() || !all->is_object() || !all->contains(name)) {
    fail(ErrorCode::corrupt_data, where, ": special_tokens: has no '", name, "', which the template needs");
  }
  const Json& special = (*all)[name];
  if (!special.is_object() || !special.contains("ids") || !special.contains("tokens")) fail_shape();
  const Json &ids = special["ids"], &tokens = special["tokens"];
  if (!ids.is_array() || !tokens.is_array() || ids.size() != tokens.size()) fail_shape();
  for (size_t i = 0; i < ids.size(); ++i) {
    if (!tokens[i].is_string()) fail_shape();
    const int32_t id = read_token_id(ids[i], concat(where, ": special_tokens: '", name, "'"));
    parts.push_back({Part::Kind::special, type_id, id, tokens[i].get<std::string>()});
  }
}

std::vector<Part> read_parts(const Json& config, const char* key, const std::string& where) {
  const auto list = config.find(key);
  if (list == config.end() || !list->is_array()) fail(ErrorCode::corrupt_data, where, ": '", key, "' should be a list");
  std::vector<Part> parts;
  for (const Json& item : *list) {
    const std::string place = concat(where, ": ", key);
    if (!item.is_object() || item.size() != 1) {
      fail(ErrorCode::corrupt_data, place, ": each item should be a Sequence or a SpecialToken");
    }
    const std::string kind = item.begin().key();
    const Json& content = item.begin().value();
    const auto id = json_required<std::string>(content, "id", place);
    const auto type_id = json_required<int32_t>(content, "type_id", place);
    if (kind == "SpecialToken") {
      append_special(parts, id, type_id, config, where);
    } else if (kind == "Sequence" && (id == "A" || id == "B")) {
      parts.push_back({id == "A" ? Part::Kind::sequence_a : Part::Kind::sequence_b, type_id});
    } else {
      fail(ErrorCode::corrupt_data, place, ": '", kind, "' '", id, "' is neither a sequence A or B nor a SpecialToken");
    }
  }
  return parts;
}

}  // namespace

/// Any order of sequences and special tokens, as the file spells it.
PostProcessor make_template_processing(const Json& config, const std::string& where) {
  PostProcessor out{read_parts(config, "single", where), read_parts(config, "pair", where)};
  for (const Part& part : out.single) {
    if (part.kind == Part::Kind::sequence_b) {
      fail(ErrorCode::corrupt_data, where, ": single: asks for the second sequence, which is not there");
    }
  }
  return out;
}

}  // namespace sbert::text
