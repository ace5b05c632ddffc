#include "text/converters/builder.h"

#include <algorithm>
#include <array>

namespace sbert::text {

namespace {

/// In the order in which transformers adds them.
constexpr std::array kKeys = {"bos_token", "eos_token", "unk_token", "sep_token",
                              "pad_token", "cls_token", "mask_token"};

/// The names that the configuration has for tokens beside those of kKeys: (key, token as it is written).
std::vector<std::pair<std::string, Json>> further_names(const TokenizerSources& sources) {
  std::vector<std::pair<std::string, Json>> out;
  const auto add = [&](const Json& object, bool any_name) {
    for (const auto& [key, value] : object.items()) {
      const bool is_token = value.is_string() || (value.is_object() && value.contains("content"));
      const bool is_name = any_name || (key.ends_with("_token") && std::ranges::count(kKeys, key) == 0);
      if (is_token && is_name) out.emplace_back(key, value);
    }
  };
  add(sources.config, false);
  if (const auto extra = sources.config.find("extra_special_tokens");
      extra != sources.config.end() && extra->is_object())
    add(*extra, true);
  return out;
}

/// The named tokens of the configuration, or of the class, in order: (key, token).
std::vector<std::pair<std::string, Json>> resolve(const TokenizerSources& sources, std::span<const NamedToken> named) {
  std::vector<std::pair<std::string, Json>> out;
  const auto saved = [&](const Json& token) {
    const auto same = [&](const Json& other) { return other["content"] == token["content"]; };
    return std::ranges::find_if(sources.added_tokens, same) != sources.added_tokens.end();
  };
  for (const char* key : kKeys) {
    const auto defined =
        std::ranges::find_if(named, [&](const NamedToken& token) { return token.key == std::string(key); });
    Json value = defined == named.end() ? Json() : Json(defined->content);
    if (const auto found = sources.config.find(key); found != sources.config.end()) value = *found;
    if (value.is_null()) continue;
    Json token = make_token(value, true, sources.where());
    if (value.is_string() && defined != named.end() && defined->lstrip && !saved(token)) token["lstrip"] = true;
    out.emplace_back(key, std::move(token));
  }
  // What only this class or this model's configuration has a name for.
  for (const NamedToken& token : named) {
    if (std::ranges::count(kKeys, std::string(token.key)) == 0)
      out.emplace_back(token.key, make_token(token.content, true, sources.where()));
  }
  for (const auto& [key, value] : further_names(sources)) {
    Json token = make_token(value, true, sources.where());
    const auto known = std::ranges::find(out, key, [](const auto& item) -> const std::string& { return item.first; });
    if (known != out.end())
      known->second = std::move(token);
    else
      out.emplace_back(key, std::move(token));
  }
  return out;
}

}  // namespace

TokenizerBuilder::TokenizerBuilder(Json model) {
  tokenizer_ = {{"added_tokens", Json::array()}, {"normalizer", nullptr}, {"pre_tokenizer", nullptr},
                {"post_processor", nullptr},     {"decoder", nullptr},    {"model", std::move(model)}};
  index_vocabulary();
}

TokenizerBuilder TokenizerBuilder::from_tokenizer_json(Json tokenizer, const std::string& where) {
  if (!tokenizer.is_object()) fail(ErrorCode::corrupt_data, where, ": should be an object");
  const Json listed = std::exchange(tokenizer["added_tokens"], Json::array());
  if (!listed.is_array() && !listed.is_null()) fail(ErrorCode::corrupt_data, where, ": added_tokens: should be a list");
  TokenizerBuilder builder(nullptr);
  builder.tokenizer_ = std::move(tokenizer);
  builder.index_vocabulary();
  for (const Json& token : listed) {
    json_required<std::string>(token, "content", where + ": added_tokens");
    builder.add(token);
  }
  return builder;
}

const Json* TokenizerBuilder::vocabulary() const {
  const auto model = tokenizer_.find("model");
  if (model == tokenizer_.end()) return nullptr;
  const auto vocab = model->find("vocab");
  return vocab == model->end() ? nullptr : &*vocab;
}

void TokenizerBuilder::index_vocabulary() {
  const Json* vocab = vocabulary();
  if (!vocab) return;
  next_id_ = static_cast<int64_t>(vocab->size());
  if (!vocab->is_array()) return;
  for (size_t i = 0; i < vocab->size(); ++i) {
    const Json& item = (*vocab)[i];
    const bool is_piece = item.is_array() && !item.empty() && item[0].is_string();
    if (is_piece) pieces_[item[0].get_ref<const std::string&>()] = static_cast<int64_t>(i);
  }
}

std::optional<int64_t> TokenizerBuilder::id_of(const std::string& content) const {
  if (const auto found = new_ids_.find(content); found != new_ids_.end()) return found->second;
  if (const auto found = pieces_.find(content); found != pieces_.end()) return found->second;
  const Json* vocab = vocabulary();
  if (!vocab) return std::nullopt;
  const auto found = vocab->find(content);
  return found != vocab->end() && found->is_number_integer() ? std::optional(found->get<int64_t>()) : std::nullopt;
}

void TokenizerBuilder::add(const Json& token) {
  const auto content = token["content"].get<std::string>();
  if (content.empty()) return;
  auto id = id_of(content);
  if (!id) id = new_ids_[content] = next_id_++;
  Json added = token;
  added["id"] = *id;
  tokenizer_["added_tokens"].push_back(std::move(added));
}

void TokenizerBuilder::add_tokens(const TokenizerSources& sources, std::span<const NamedToken> named,
                                  const std::vector<Json>& extra) {
  const auto resolved = resolve(sources, named);
  std::vector<std::string> known;
  for (const Json& token : tokenizer_["added_tokens"])
    known.push_back(token["content"]);
  for (Json token : sources.added_tokens) {
    const auto is_named = [&](const auto& name) { return name.second["content"] == token["content"]; };
    if (std::ranges::any_of(resolved, is_named)) token["special"] = true;
    known.push_back(token["content"]);
    add(token);
  }
  const auto add_unless_known = [&](const Json& token) {
    if (std::ranges::count(known, token["content"].get<std::string>()) == 0) add(token);
  };
  for (const auto& [key, token] : resolved) {
    contents_.emplace_back(key, token["content"]);
    add_unless_known(token);
  }
  for (const Json& token : extra)
    add_unless_known(token);
}

void TokenizerBuilder::drop_flags(const std::vector<Json>& extra) {
  for (const auto& [key, content] : contents_)
    add(make_token(content, true, ""));
  for (const Json& token : extra)
    add(make_token(token["content"], true, ""));
}

std::string TokenizerBuilder::content(const std::string& key) const {
  const auto found = std::ranges::find(contents_, key, [](const auto& item) { return item.first; });
  return found == contents_.end() ? std::string() : found->second;
}

Json TokenizerBuilder::token_and_id(const std::string& key, const std::string& where) const {
  const std::string token = content(key);
  const auto id = id_of(token);
  if (!id) fail(ErrorCode::corrupt_data, where, ": has no '", key, "'");
  return Json::array({token, *id});
}

Json TokenizerBuilder::id_or(const std::string& content, const std::string& key, const std::string& where) const {
  const auto id = id_of(content);
  return id ? Json(*id) : token_and_id(key, where)[1];
}

Json sentencepiece_bpe(Json model, bool byte_fallback, Json unk_token) {
  model.update({{"type", "BPE"},
                {"dropout", nullptr},
                {"unk_token", std::move(unk_token)},
                {"continuing_subword_prefix", nullptr},
                {"end_of_word_suffix", nullptr},
                {"fuse_unk", true},
                {"byte_fallback", byte_fallback},
                {"ignore_merges", false}});
  return model;
}

Json unigram_model(Json vocab, int64_t unk_id) {
  return {{"type", "Unigram"},
          {"unk_id", unk_id},
          {"vocab", std::move(vocab)},
          {"byte_fallback", false},
          {"exact_scores", true}};
}

std::vector<NamedToken> fairseq_tokens(bool mask_strips) {
  return {{"bos_token", "<s>"},
          {"eos_token", "</s>"},
          {"unk_token", "<unk>"},
          {"sep_token", "</s>"},
          {"pad_token", "<pad>"},
          {"cls_token", "<s>"},
          {"mask_token", "<mask>", mask_strips}};
}

std::vector<Json> special_tokens(const std::vector<std::string>& contents, const TokenizerSources& sources) {
  std::vector<Json> tokens;
  for (const std::string& content : contents)
    tokens.push_back(make_token(content, true, sources.where()));
  return tokens;
}

Json template_processing(const std::vector<TemplatePart>& single, const std::vector<TemplatePart>& pair,
                         const std::vector<Json>& special) {
  const auto parts = [](const std::vector<TemplatePart>& list) {
    Json out = Json::array();
    for (const TemplatePart& part : list) {
      const bool sequence = part.content == "$A" || part.content == "$B";
      out.push_back({{sequence ? "Sequence" : "SpecialToken",
                      {{"id", sequence ? part.content.substr(1) : part.content}, {"type_id", part.type_id}}}});
    }
    return out;
  };
  Json tokens = Json::object();
  for (const Json& token : special)
    tokens[token[0].get<std::string>()] = {
        {"id", token[0]}, {"ids", Json::array({token[1]})}, {"tokens", Json::array({token[0]})}};
  return {{"type", "TemplateProcessing"}, {"single", parts(single)}, {"pair", parts(pair)}, {"special_tokens", tokens}};
}

Json bos_eos_processing(const TokenizerSources& sources, const TokenizerBuilder& builder) {
  // Whoever has a tokenizer.json has these options for nothing.
  const bool asked = sources.tokenizer.is_null();
  return bos_eos_processing(asked && sources.option("add_bos_token", false),
                            asked && sources.option("add_eos_token", false), sources, builder);
}

Json bos_eos_processing(bool add_bos, bool add_eos, const TokenizerSources& sources, const TokenizerBuilder& builder) {
  const std::string bos = builder.content("bos_token"), eos = builder.content("eos_token");
  add_bos = add_bos && !bos.empty();
  add_eos = add_eos && !eos.empty();
  std::vector<TemplatePart> single, pair;
  std::vector<Json> special;
  const auto add_text = [&](std::vector<TemplatePart>& parts, const char* text, int type_id) {
    if (add_bos) parts.push_back({bos, type_id});
    parts.push_back({text, type_id});
    if (add_eos) parts.push_back({eos, type_id});
  };
  add_text(single, "$A", 0);
  add_text(pair, "$A", 0);
  add_text(pair, "$B", 1);
  if (add_bos) special.push_back(builder.token_and_id("bos_token", sources.where()));
  if (add_eos) special.push_back(builder.token_and_id("eos_token", sources.where()));
  return template_processing(single, pair, special);
}

Json saved_or_bos_eos_processing(const TokenizerSources& sources, const TokenizerBuilder& builder) {
  if (!sources.tokenizer.is_object()) return bos_eos_processing(sources, builder);
  return sources.tokenizer.value("post_processor", Json());
}

}  // namespace sbert::text
