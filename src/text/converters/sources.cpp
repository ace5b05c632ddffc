#include "text/converters/sources.h"

#include <algorithm>

#include "base/files.h"

namespace sbert::text {

namespace {

using NumberedTokens = std::vector<std::pair<int64_t, Json>>;

Json read_object(const std::filesystem::path& file) {
  if (!is_there(file)) return Json::object();
  Json json = read_json_file(file);
  if (!json.is_object()) fail(ErrorCode::corrupt_data, file.string(), ": should be an object");
  return json;
}

/// A token that was saved with all its flags.
Json saved_token(const Json& token, const std::string& where) {
  return make_token(token, json_value<bool>(token, "special", false, where), where);
}

/// {"5": {"content": ...}, ...} of tokenizer_config.json.
NumberedTokens from_decoder(const Json& decoder, const std::string& where) {
  if (!decoder.is_object()) fail(ErrorCode::corrupt_data, where, " should be an object");
  NumberedTokens tokens;
  for (const auto& [id, token] : decoder.items()) {
    const bool is_number =
        !id.empty() && id.size() < 10 && std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; });
    if (!is_number) fail(ErrorCode::corrupt_data, where, ": '", id, "' is not the id of a token");
    tokens.emplace_back(std::stoll(id), saved_token(token, where));
  }
  return tokens;
}

/// {"content": 5, ...} of the added_tokens.json of early versions, which does not say what is special.
NumberedTokens from_added_tokens_file(const Json& file, const std::vector<std::string>& special,
                                      const std::string& where) {
  NumberedTokens tokens;
  for (const auto& [content, id] : file.items()) {
    if (!id.is_number_integer()) fail(ErrorCode::corrupt_data, where, ": the id of '", content, "' is no integer");
    tokens.emplace_back(id.get<int64_t>(), make_token(content, std::ranges::count(special, content) > 0, where));
  }
  return tokens;
}

NumberedTokens from_tokenizer_json(const Json& tokenizer, const std::string& where) {
  NumberedTokens tokens;
  const Json list = tokenizer.is_object() ? tokenizer.value("added_tokens", Json()) : Json();
  if (!list.is_array()) return tokens;  // what is wrong is said when the tokenizer is made
  for (const Json& token : list)
    tokens.emplace_back(json_required<int64_t>(token, "id", where), saved_token(token, where));
  return tokens;
}

/// Contents of what the configuration calls special. Those that special_tokens_map.json lists under the older name are
/// not among them.
std::vector<std::string> special_contents(const TokenizerSources& sources) {
  std::vector<std::string> contents;
  for (const char* key : {"bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"}) {
    const auto value = sources.config.find(key);
    if (value != sources.config.end() && !value->is_null())
      contents.push_back(make_token(*value, true, sources.where())["content"]);
  }
  for (const Json& token : sources.listed_tokens("extra_special_tokens").value_or(std::vector<Json>()))
    contents.push_back(token["content"]);
  return contents;
}

}  // namespace

bool TokenizerSources::has(const char* file) const {
  return is_there(directory / file);
}

bool TokenizerSources::flag(const char* key, bool fallback) const {
  const auto found = config.find(key);
  return found != config.end() && found->is_null() ? false : option(key, fallback);
}

bool TokenizerSources::strict_flag(const char* key, bool fallback) const {
  return config.contains(key) ? json_required<bool>(config, key, where()) : fallback;
}

std::optional<std::vector<Json>> TokenizerSources::listed_tokens(const char* key) const {
  const auto list = config.find(key);
  if (list == config.end() || !list->is_array()) return std::nullopt;
  std::vector<Json> tokens;
  for (const Json& token : *list) {
    const bool special = token.is_string() || json_value<bool>(token, "special", false, where());
    tokens.push_back(make_token(token, special, where()));
  }
  return tokens;
}

std::vector<Json> TokenizerSources::extra_tokens(std::vector<Json> own) const {
  if (auto listed = listed_tokens("extra_special_tokens")) return *std::move(listed);
  // A sentencepiece model's own tokens stand before what special_tokens_map.json lists under the older name.
  auto older = spm ? std::nullopt : listed_tokens("additional_special_tokens");
  return older ? *std::move(older) : std::move(own);
}

std::vector<Json> TokenizerSources::extra_tokens_beside(std::vector<Json> own, bool own_first) const {
  auto older = listed_tokens("additional_special_tokens");
  if (!older || listed_tokens("extra_special_tokens")) return extra_tokens(std::move(own));
  std::vector<Json> tokens = own_first ? own : *older;
  for (const Json& token : own_first ? *older : own) {
    const auto same = [&](const Json& other) { return other["content"] == token["content"]; };
    if (std::ranges::none_of(tokens, same)) tokens.push_back(token);
  }
  return tokens;
}

Json make_token(const Json& value, bool special, const std::string& where) {
  const bool is_object = value.is_object();
  if (!is_object && !value.is_string()) {
    fail(ErrorCode::corrupt_data, where, ": ", value.dump(-1, ' ', true, Json::error_handler_t::replace),
         " is not a token");
  }
  const auto flag = [&](const char* key, bool fallback) {
    return is_object ? json_value<bool>(value, key, fallback, where) : fallback;
  };
  return {{"content", is_object ? json_required<std::string>(value, "content", where) : value.get<std::string>()},
          {"single_word", flag("single_word", false)},
          {"lstrip", flag("lstrip", false)},
          {"rstrip", flag("rstrip", false)},
          {"normalized", flag("normalized", !special)},
          {"special", special}};
}

TokenizerSources read_tokenizer_sources(const std::filesystem::path& directory) {
  TokenizerSources sources;
  sources.directory = directory;
  sources.config = read_object(directory / "tokenizer_config.json");
  if (sources.has("tokenizer.json")) sources.tokenizer = read_json_file(directory / "tokenizer.json");
  Json& config = sources.config;
  if (config.contains("additional_special_tokens") && config.value("extra_special_tokens", Json()).empty()) {
    config["extra_special_tokens"] = config["additional_special_tokens"];
    config.erase("additional_special_tokens");
  }

  NumberedTokens tokens;
  if (const auto decoder = config.find("added_tokens_decoder"); decoder != config.end()) {
    tokens = from_decoder(*decoder, sources.where() + ": 'added_tokens_decoder'");
  } else {
    const Json map = read_object(directory / "special_tokens_map.json");
    for (const auto& [key, value] : map.items())
      config[key] = value;
    const auto file = directory / "added_tokens.json";
    tokens = from_added_tokens_file(read_object(file), special_contents(sources), file.string());
    const NumberedTokens listed = from_tokenizer_json(sources.tokenizer, (directory / "tokenizer.json").string());
    tokens.insert(tokens.end(), listed.begin(), listed.end());
  }
  std::ranges::stable_sort(tokens, {}, [](const auto& token) { return token.first; });
  for (auto& [id, token] : tokens)
    sources.added_tokens.push_back(std::move(token));
  return sources;
}

}  // namespace sbert::text
