#include "text/directory.h"

#include <array>

#include "base/files.h"

namespace sbert::text {

namespace {

std::string class_without_suffix(std::string name) {
  constexpr std::string_view suffix = "Fast";
  if (name.ends_with(suffix)) name.resize(name.size() - suffix.size());
  return name;
}

void rebuild_bert(Json& tokenizer, const Json& config, const std::string& where) {
  const auto strip = config.find("strip_accents");
  tokenizer["normalizer"] = {{"type", "BertNormalizer"},
                             {"clean_text", true},
                             {"handle_chinese_chars", json_value<bool>(config, "tokenize_chinese_chars", true, where)},
                             {"strip_accents", strip == config.end() ? Json() : *strip},
                             {"lowercase", json_value<bool>(config, "do_lower_case", true, where)}};
  tokenizer["pre_tokenizer"] = {{"type", "BertPreTokenizer"}};
}

/// Classes that hand the vocabulary to the model in Python, whose JSON reader does not round scores twice.
bool takes_scores_from_python(const std::string& name) {
  return name == "XLMRobertaTokenizer" || name == "T5Tokenizer";
}

}  // namespace

TokenizerDirectory read_tokenizer_directory(const std::filesystem::path& directory) {
  TokenizerDirectory out;
  const std::filesystem::path main_file = directory / "tokenizer.json";
  if (!std::filesystem::exists(main_file)) {
    fail(ErrorCode::not_found, directory.string(), ": has no tokenizer.json");
  }
  out.files.emplace_back("tokenizer.json", read_file(main_file));
  out.tokenizer = parse_json(out.files.back().second, main_file.string());
  for (const char* name : {"tokenizer_config.json", "special_tokens_map.json"}) {
    if (std::filesystem::exists(directory / name)) out.files.emplace_back(name, read_file(directory / name));
  }
  const std::filesystem::path config_file = directory / "tokenizer_config.json";
  if (!std::filesystem::exists(config_file) || !out.tokenizer.is_object()) return out;
  const std::string where = config_file.string();
  const Json config = read_json_file(config_file);
  const auto name = class_without_suffix(json_value<std::string>(config, "tokenizer_class", "", where));
  if (name == "BertTokenizer") rebuild_bert(out.tokenizer, config, where);
  const auto model = out.tokenizer.find("model");
  if (takes_scores_from_python(name) && model != out.tokenizer.end() && model->is_object()) {
    (*model)["exact_scores"] = true;
  }
  return out;
}

}  // namespace sbert::text
