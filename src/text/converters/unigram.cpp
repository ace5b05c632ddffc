#include <algorithm>
#include <array>

#include "text/converters/builder.h"
#include "text/converters/parts.h"
#include "text/converters/registry.h"
#include "text/converters/vocabulary_files.h"

namespace sbert::text {

namespace {

constexpr std::array kAlbertTokens = {NamedToken{"bos_token", "[CLS]"},  NamedToken{"eos_token", "[SEP]"},
                                      NamedToken{"unk_token", "<unk>"},  NamedToken{"sep_token", "[SEP]"},
                                      NamedToken{"pad_token", "<pad>"},  NamedToken{"cls_token", "[CLS]"},
                                      NamedToken{"mask_token", "[MASK]"}};

const char* scheme_of(const TokenizerSources& sources, const char* without = "never") {
  return sources.flag("add_prefix_space", true) ? "always" : without;
}

/// Steps that drop accents and case, where the options say so, and the charsmap last.
Json simplified(Json steps, const TokenizerSources& sources, bool keep_accents, bool lowercase) {
  if (!keep_accents) {
    steps.push_back({{"type", "NFKD"}});
    steps.push_back({{"type", "StripAccents"}});
  }
  if (lowercase) steps.push_back(lowercase_part());
  if (Json charsmap = precompiled_normalizer(sources); !charsmap.is_null()) steps.push_back(std::move(charsmap));
  return normalizer_sequence(std::move(steps));
}

/// The charsmap, if there is one, before `steps`.
Json after_charsmap(Json steps, const TokenizerSources& sources) {
  if (Json charsmap = precompiled_normalizer(sources); !charsmap.is_null())
    steps.insert(steps.begin(), std::move(charsmap));
  return normalizer_sequence(std::move(steps));
}

/// The place of the unknown token in the vocabulary, if it is there with the score 0.
int64_t place_of_unk(const Json& vocab, const std::string& unk, size_t from, int64_t fallback) {
  for (size_t i = from; i < vocab.size(); ++i) {
    const Json& piece = vocab[i];
    if (piece.is_array() && piece.size() == 2 && piece[0] == unk && piece[1].is_number() && piece[1] == 0.0)
      return static_cast<int64_t>(i);
  }
  return fallback;
}

std::string content_of(const TokenizerSources& sources, const char* key, const char* fallback) {
  const auto found = sources.config.find(key);
  const bool given = found != sources.config.end() && !found->is_null();
  return given ? make_token(*found, true, sources.where())["content"].get<std::string>() : fallback;
}

void require_piece(const Json& vocab, const std::string& piece, const TokenizerSources& sources) {
  const auto is_piece = [&](const Json& item) { return item.is_array() && !item.empty() && item[0] == piece; };
  if (std::ranges::none_of(vocab, is_piece))
    fail(ErrorCode::corrupt_data, sources.where(), ": the vocabulary does not have '", piece,
         "', which stands around texts");
}

/// [CLS] A [SEP] and [CLS] A [SEP] B [SEP].
void surround_pieces(TokenizerBuilder& builder, const TokenizerSources& sources) {
  const Json cls = builder.token_and_id("cls_token", sources.where());
  const Json sep = builder.token_and_id("sep_token", sources.where());
  const std::string begin = cls[0], end = sep[0];
  builder["post_processor"] =
      template_processing({{begin}, {"$A"}, {end}}, {{begin}, {"$A"}, {end}, {"$B", 1}, {end, 1}}, {cls, sep});
}

void set_metaspace(TokenizerBuilder& builder, const char* scheme) {
  builder["pre_tokenizer"] = metaspace(scheme);
  builder["decoder"] = metaspace(scheme);
}

}  // namespace

Json convert_albert(TokenizerSources& sources) {
  Json vocab = read_listed_pieces(sources);
  require_piece(vocab, content_of(sources, "cls_token", "[CLS]"), sources);
  require_piece(vocab, content_of(sources, "sep_token", "[SEP]"), sources);
  TokenizerBuilder builder(unigram_model(std::move(vocab), 1));
  builder.add_tokens(sources, kAlbertTokens, sources.extra_tokens({}));
  builder["normalizer"] =
      simplified(quotation_marks(), sources, sources.flag("keep_accents", false), sources.flag("do_lower_case", true));
  builder["pre_tokenizer"] = metaspace_words(scheme_of(sources));
  builder["decoder"] = metaspace(scheme_of(sources));
  builder["post_processor"] = saved_or_bos_eos_processing(sources, builder);
  if (builder["post_processor"].is_null()) surround_pieces(builder, sources);
  return builder.finish();
}

/// The tokenizer.json as it is, with the special tokens of ALBERT.
Json convert_fnet(TokenizerSources& sources) {
  TokenizerBuilder builder = TokenizerBuilder::from_tokenizer_json(std::move(sources.tokenizer),
                                                                   (sources.directory / "tokenizer.json").string());
  builder.add_tokens(sources, kAlbertTokens, sources.extra_tokens({}));
  return builder.finish();
}

Json convert_rembert(TokenizerSources& sources) {
  TokenizerBuilder builder(unigram_model(read_listed_pieces(sources), 2));
  builder.add_tokens(sources, kAlbertTokens, sources.extra_tokens({}));
  Json steps = quotation_marks();
  steps.push_back(replace_regex(" {2,}", " "));
  builder["normalizer"] =
      simplified(std::move(steps), sources, sources.flag("keep_accents", true), sources.flag("do_lower_case", false));
  set_metaspace(builder, scheme_of(sources));
  surround_pieces(builder, sources);
  return builder.finish();
}

Json convert_xlnet(TokenizerSources& sources) {
  constexpr std::array named = {NamedToken{"bos_token", "<s>"},          NamedToken{"eos_token", "</s>"},
                                NamedToken{"unk_token", "<unk>"},        NamedToken{"sep_token", "<sep>"},
                                NamedToken{"pad_token", "<pad>"},        NamedToken{"cls_token", "<cls>"},
                                NamedToken{"mask_token", "<mask>", true}};
  TokenizerBuilder builder(unigram_model(read_listed_pieces(sources), sources.option<int64_t>("unk_id", 0)));
  builder.add_tokens(sources, named, sources.extra_tokens(special_tokens({"<eop>", "<eod>"}, sources)));
  builder["normalizer"] = simplified(quotation_marks(), sources, false, sources.flag("do_lower_case", false));
  builder["pre_tokenizer"] = metaspace_words("always");
  builder["decoder"] = metaspace("always");
  const Json cls = builder.token_and_id("cls_token", sources.where());
  const Json sep = builder.token_and_id("sep_token", sources.where());
  const std::string last = cls[0], end = sep[0];
  builder["post_processor"] =
      template_processing({{"$A"}, {end}, {last, 2}}, {{"$A"}, {end}, {"$B", 1}, {end, 1}, {last, 2}}, {cls, sep});
  return builder.finish();
}

Json convert_deberta_v2(TokenizerSources& sources) {
  constexpr std::array named = {NamedToken{"bos_token", "[CLS]"},  NamedToken{"eos_token", "[SEP]"},
                                NamedToken{"unk_token", "[UNK]"},  NamedToken{"sep_token", "[SEP]"},
                                NamedToken{"pad_token", "[PAD]"},  NamedToken{"cls_token", "[CLS]"},
                                NamedToken{"mask_token", "[MASK]"}};
  Json vocab = read_listed_pieces(sources);
  const int64_t unk_id =
      place_of_unk(vocab, content_of(sources, "unk_token", "[UNK]"), 0, sources.option<int64_t>("unk_id", 1));
  TokenizerBuilder builder(unigram_model(std::move(vocab), unk_id));
  builder.add_tokens(sources, named, sources.extra_tokens({}));
  Json steps = Json::array();
  if (sources.flag("do_lower_case", false)) steps.push_back(lowercase_part());
  steps.push_back(replace_regex(R"(\s{2,}|[\n\r\t])", " "));
  steps.push_back({{"type", "NFC"}});
  steps.push_back(strip_right());
  builder["normalizer"] = normalizer_sequence(std::move(steps));
  const char* const scheme = scheme_of(sources, "first");
  Json words = Json::array();
  if (sources.flag("split_by_punct", false)) words.push_back({{"type", "Punctuation"}, {"behavior", "Isolated"}});
  words.push_back(metaspace(scheme));
  builder["pre_tokenizer"] = {{"type", "Sequence"}, {"pretokenizers", std::move(words)}};
  builder["decoder"] = metaspace(scheme);
  surround_pieces(builder, sources);
  return builder.finish();
}

Json convert_big_bird(TokenizerSources& sources) {
  constexpr std::array named = {NamedToken{"bos_token", "<s>"},          NamedToken{"eos_token", "</s>"},
                                NamedToken{"unk_token", "<unk>"},        NamedToken{"sep_token", "[SEP]"},
                                NamedToken{"pad_token", "<pad>"},        NamedToken{"cls_token", "[CLS]"},
                                NamedToken{"mask_token", "[MASK]", true}};
  Json vocab = read_listed_pieces(sources);
  const int64_t unk_id = place_of_unk(vocab, content_of(sources, "unk_token", "<unk>"), 0, 100);
  TokenizerBuilder builder(unigram_model(std::move(vocab), unk_id));
  builder.add_tokens(sources, named, sources.extra_tokens({}));
  builder["normalizer"] = replace_regex(" {2,}", "▁");
  set_metaspace(builder, scheme_of(sources));
  surround_pieces(builder, sources);
  return builder.finish();
}

Json convert_barthez(TokenizerSources& sources) {
  TokenizerBuilder builder(unigram_model(read_listed_pieces(sources), 3));
  builder.add_tokens(sources, fairseq_tokens(true), sources.extra_tokens({}));
  builder["normalizer"] =
      normalizer_sequence({replace_regex(R"(\s{2,}|[\n\r\t])", " "), {{"type", "NFC"}}, strip_right()});
  set_metaspace(builder, scheme_of(sources));
  builder["post_processor"] = saved_or_bos_eos_processing(sources, builder);
  return builder.finish();
}

Json convert_xglm(TokenizerSources& sources) {
  const std::vector<NamedToken> named = {{"bos_token", "<s>"},  {"eos_token", "</s>"},  {"unk_token", "<unk>"},
                                         {"sep_token", "</s>"}, {"pad_token", "<pad>"}, {"cls_token", "<s>"}};
  std::vector<std::string> made_up;
  for (int i = 0; i < 7; ++i)
    made_up.push_back(concat("<madeupword", i, ">"));
  TokenizerBuilder builder(unigram_model(read_listed_pieces(sources), 3));
  builder.add_tokens(sources, named, sources.extra_tokens_beside(special_tokens(made_up, sources), false));
  builder["normalizer"] = after_charsmap(Json::array({replace_regex(" {2,}", " ")}), sources);
  set_metaspace(builder, scheme_of(sources));
  builder.token_and_id("bos_token", sources.where());  // transformers demands it and makes nothing of it
  const Json eos = builder.token_and_id("eos_token", sources.where());
  const std::string end = eos[0];
  builder["post_processor"] = template_processing({{end}, {"$A"}}, {{end}, {"$A"}, {end}, {end}, {"$B"}}, {eos});
  return builder.finish();
}

Json convert_pegasus(TokenizerSources& sources) {
  constexpr std::array named = {NamedToken{"eos_token", "</s>"}, NamedToken{"unk_token", "<unk>"},
                                NamedToken{"pad_token", "<pad>"}, NamedToken{"mask_token", "<mask_2>"}};
  const auto offset = sources.option<int64_t>("offset", 103);
  if (offset > 100000) fail(ErrorCode::corrupt_data, sources.where(), ": 'offset' is ", offset);
  std::vector<std::string> masks = {sources.option<std::string>("mask_token_sent", "<mask_1>")};
  for (int64_t i = 2; i < offset; ++i)
    masks.push_back(concat("<unk_", i, ">"));
  Json vocab = read_listed_pieces(sources);
  const int64_t unk_id = place_of_unk(vocab, content_of(sources, "unk_token", "<unk>"), 1, -1);
  if (unk_id < 0) fail(ErrorCode::corrupt_data, sources.where(), ": the vocabulary does not have the 'unk_token'");
  TokenizerBuilder builder(unigram_model(std::move(vocab), unk_id));
  builder.add_tokens(sources, named,
                     sources.listed_tokens("extra_special_tokens").value_or(special_tokens(masks, sources)));
  Json steps = Json::array();
  if (precompiled_normalizer(sources).is_null()) steps.push_back(replace_regex(R"(\n)", " "));
  steps.push_back(replace_regex(" {2,}", " "));
  builder["normalizer"] = after_charsmap(std::move(steps), sources);
  set_metaspace(builder, "always");
  const Json eos = builder.token_and_id("eos_token", sources.where());
  const std::string end = eos[0];
  builder["post_processor"] = template_processing({{"$A"}, {end}}, {{"$A"}, {"$B"}, {end}}, {eos});
  return builder.finish();
}

}  // namespace sbert::text
