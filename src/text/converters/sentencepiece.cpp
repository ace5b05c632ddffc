#include <algorithm>
#include <array>

#include "text/converters/builder.h"
#include "text/converters/parts.h"
#include "text/converters/registry.h"
#include "text/converters/vocabulary_files.h"

namespace sbert::text {

namespace {

/// Words between white space, each with a "▁" before it.
void add_words(TokenizerBuilder& builder, const TokenizerSources& sources, bool add_prefix_space) {
  const char* const scheme = add_prefix_space ? "always" : "never";
  builder["normalizer"] = precompiled_normalizer(sources);
  builder["pre_tokenizer"] = metaspace_words(scheme);
  builder["decoder"] = metaspace(scheme);
}

/// <s> A </s> and <s> A </s> </s> B </s>.
Json fairseq_processing(const TokenizerSources& sources, const TokenizerBuilder& builder) {
  const Json bos = builder.token_and_id("bos_token", sources.where());
  const Json eos = builder.token_and_id("eos_token", sources.where());
  const std::string begin = bos[0], end = eos[0];
  return template_processing({{begin}, {"$A"}, {end}}, {{begin}, {"$A"}, {end}, {end}, {"$B"}, {end}}, {bos, eos});
}

std::string configured(const TokenizerSources& sources, const char* key, const char* fallback) {
  const auto found = sources.config.find(key);
  const bool given = found != sources.config.end() && !found->is_null();
  return given ? make_token(*found, true, sources.where())["content"].get<std::string>() : fallback;
}

/// `head` with score 0, the pieces from `begin` on, and the mask token.
Json with_other_ids(const TokenizerSources& sources, const std::vector<std::string>& head,
                    const SentencePieceModel& spm, size_t begin) {
  Json vocab = Json::array();
  for (const std::string& piece : head)
    vocab.push_back(Json::array({piece, piece == "<unk>NOTUSED" ? -100.0 : 0.0}));
  for (Json& piece : scored_pieces(spm, begin))
    vocab.push_back(std::move(piece));
  vocab.push_back(Json::array({configured(sources, "mask_token", "<mask>"), 0.0}));
  return vocab;
}

TokenizerBuilder build_t5(TokenizerSources& sources, int64_t unk_id) {
  const auto extra_ids = sources.option<int64_t>("extra_ids", 100);
  if (extra_ids < 0 || extra_ids > 100000)
    fail(ErrorCode::corrupt_data, sources.where(), ": 'extra_ids' is ", extra_ids);
  std::vector<std::string> sentinels;
  for (int64_t i = 0; i < extra_ids; ++i)
    sentinels.push_back(concat("<extra_id_", i, ">"));
  Json vocab = read_unigram_vocabulary(sources, "spiece.model", [&](const SentencePieceModel& spm) {
    Json pieces = scored_pieces(spm);
    for (size_t i = sentinels.size(); i > 0; --i)
      pieces.push_back(Json::array({sentinels[i - 1], 0.0}));
    return pieces;
  });
  TokenizerBuilder builder(unigram_model(std::move(vocab), unk_id));
  constexpr std::array named = {NamedToken{"eos_token", "</s>"}, NamedToken{"unk_token", "<unk>"},
                                NamedToken{"pad_token", "<pad>"}};
  std::vector<Json> extra = symbol_tokens(sources);
  for (Json& token : special_tokens(sentinels, sources))
    extra.push_back(std::move(token));
  const auto is_sentinel = [](const Json& token) {
    return token["content"].get_ref<const std::string&>().find("<extra_id_") != std::string::npos;
  };
  const auto older = sources.listed_tokens("additional_special_tokens");
  const bool has_sentinels = sources.spm || (older && std::ranges::any_of(*older, is_sentinel));
  builder.add_tokens(sources, named,
                     has_sentinels ? sources.extra_tokens(extra) : sources.extra_tokens_beside(extra, false));
  add_words(builder, sources, true);
  return builder;
}

Json with_ends(TokenizerBuilder builder, const TokenizerSources& sources) {
  const Json eos = Json::array({"</s>", builder.token_and_id("eos_token", sources.where())[1]});
  builder["post_processor"] = template_processing({{"$A"}, {"</s>"}}, {{"$A"}, {"</s>"}, {"$B"}, {"</s>"}}, {eos});
  return builder.finish();
}

}  // namespace

/// fairseq numbers its special tokens otherwise than sentencepiece.
Json convert_xlm_roberta(TokenizerSources& sources) {
  Json vocab = read_unigram_vocabulary(sources, "sentencepiece.bpe.model", [&](const SentencePieceModel& spm) {
    const auto name = [&](const char* key, const char* fallback) { return configured(sources, key, fallback); };
    return with_other_ids(
        sources,
        {name("bos_token", "<s>"), name("pad_token", "<pad>"), name("eos_token", "</s>"), name("unk_token", "<unk>")},
        spm, 3);
  });
  TokenizerBuilder builder(unigram_model(std::move(vocab), 3));
  builder.add_tokens(sources, fairseq_tokens(false), sources.extra_tokens(symbol_tokens(sources)));
  add_words(builder, sources, sources.flag("add_prefix_space", true));
  builder["post_processor"] = fairseq_processing(sources, builder);
  return builder.finish();
}

Json convert_camembert(TokenizerSources& sources) {
  Json vocab = read_unigram_vocabulary(sources, "sentencepiece.bpe.model", [&](const SentencePieceModel& spm) {
    return with_other_ids(sources,
                          {"<s>NOTUSED", configured(sources, "pad_token", "<pad>"), "</s>NOTUSED",
                           configured(sources, "unk_token", "<unk>"), "<unk>NOTUSED"},
                          spm, 1);
  });
  const std::string unk = configured(sources, "unk_token", "<unk>");
  const auto is_unk = [&](const Json& piece) { return piece.is_array() && !piece.empty() && piece[0] == unk; };
  int64_t unk_id = 0;
  if (vocab.is_array()) {
    const auto found = std::ranges::find_if(vocab, is_unk);
    if (found != vocab.end()) unk_id = found - vocab.begin();
  }
  TokenizerBuilder builder(unigram_model(std::move(vocab), unk_id));
  const auto extra =
      sources.spm ? symbol_tokens(sources) : special_tokens({"<s>NOTUSED", "</s>NOTUSED", "<unk>NOTUSED"}, sources);
  builder.add_tokens(sources, fairseq_tokens(true), sources.extra_tokens(extra));
  add_words(builder, sources, sources.flag("add_prefix_space", true));
  builder["post_processor"] = fairseq_processing(sources, builder);
  return builder.finish();
}

/// MBart: the language that texts are in stands behind them.
Json convert_mbart(TokenizerSources& sources) {
  const std::vector<std::string> languages = {"ar_AR", "cs_CZ", "de_DE", "en_XX", "es_XX", "et_EE", "fi_FI",
                                              "fr_XX", "gu_IN", "hi_IN", "it_IT", "ja_XX", "kk_KZ", "ko_KR",
                                              "lt_LT", "lv_LV", "my_MM", "ne_NP", "nl_XX", "ro_RO", "ru_RU",
                                              "si_LK", "tr_TR", "vi_VN", "zh_CN"};
  TokenizerBuilder builder(unigram_model(read_listed_pieces(sources), 3));
  builder.add_tokens(sources, fairseq_tokens(true),
                     sources.extra_tokens_beside(special_tokens(languages, sources), true));
  builder["pre_tokenizer"] = metaspace_words("always");
  builder["decoder"] = metaspace("always");
  const Json eos = builder.token_and_id("eos_token", sources.where());
  const std::string end = eos[0], language = sources.option<std::string>("src_lang", "en_XX");
  const Json id = builder.id_or(language, "unk_token", sources.where());
  builder["post_processor"] = template_processing({{"$A"}, {end}, {language}}, {{"$A"}, {"$B"}, {end}, {language}},
                                                  {eos, Json::array({language, id})});
  return builder.finish();
}

Json convert_t5(TokenizerSources& sources) {
  return with_ends(build_t5(sources, 2), sources);
}

Json convert_lasr(TokenizerSources& sources) {
  return with_ends(build_t5(sources, 3), sources);
}

/// What stands around texts is what the tokenizer.json says.
Json convert_video_prism(TokenizerSources& sources) {
  TokenizerBuilder builder = build_t5(sources, 2);
  builder["post_processor"] = saved_or_bos_eos_processing(sources, builder);
  return builder.finish();
}

}  // namespace sbert::text
