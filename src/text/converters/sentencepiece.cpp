#include <algorithm>
#include <array>

#include "text/converters/builder.h"
#include "text/converters/registry.h"
#include "text/converters/vocabulary_files.h"

namespace sbert::text {

namespace {

// Scores go from Python to the model as they are; those in a tokenizer.json that is read as such are rounded twice
// (score.h).
Json unigram(Json vocab, int64_t unk_id, bool byte_fallback) {
  return {{"type", "Unigram"},
          {"unk_id", unk_id},
          {"vocab", std::move(vocab)},
          {"byte_fallback", byte_fallback},
          {"exact_scores", true}};
}

Json metaspace(const char* prepend_scheme, bool split = true) {
  return {{"type", "Metaspace"}, {"replacement", "▁"}, {"prepend_scheme", prepend_scheme}, {"split", split}};
}

/// Words between white space, each with a "▁" before it.
void add_words(TokenizerBuilder& builder, const TokenizerSources& sources, bool add_prefix_space) {
  const char* const scheme = add_prefix_space ? "always" : "never";
  builder["normalizer"] = precompiled_normalizer(sources);
  builder["pre_tokenizer"] = {{"type", "Sequence"},
                              {"pretokenizers", {{{"type", "WhitespaceSplit"}}, metaspace(scheme)}}};
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

constexpr std::array kFairseqTokens = {NamedToken{"bos_token", "<s>"},   NamedToken{"eos_token", "</s>"},
                                       NamedToken{"unk_token", "<unk>"}, NamedToken{"sep_token", "</s>"},
                                       NamedToken{"pad_token", "<pad>"}, NamedToken{"cls_token", "<s>"}};

std::vector<NamedToken> fairseq_tokens(bool mask_strips) {
  std::vector<NamedToken> named(kFairseqTokens.begin(), kFairseqTokens.end());
  named.push_back({"mask_token", "<mask>", mask_strips});
  return named;
}

std::vector<Json> special_tokens(const std::vector<std::string>& contents, const TokenizerSources& sources) {
  std::vector<Json> tokens;
  for (const std::string& content : contents)
    tokens.push_back(make_token(content, true, sources.where()));
  return tokens;
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
  TokenizerBuilder builder(unigram(std::move(vocab), 3, false));
  builder.add_tokens(sources, fairseq_tokens(false), sources.extra_tokens(symbol_tokens(sources)));
  add_words(builder, sources, sources.option("add_prefix_space", true));
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
  TokenizerBuilder builder(unigram(std::move(vocab), unk_id, false));
  const auto extra =
      sources.spm ? symbol_tokens(sources) : special_tokens({"<s>NOTUSED", "</s>NOTUSED", "<unk>NOTUSED"}, sources);
  builder.add_tokens(sources, fairseq_tokens(true), sources.extra_tokens(extra));
  add_words(builder, sources, sources.option("add_prefix_space", true));
  builder["post_processor"] = fairseq_processing(sources, builder);
  return builder.finish();
}

Json convert_t5(TokenizerSources& sources) {
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
  TokenizerBuilder builder(unigram(std::move(vocab), 2, false));
  constexpr std::array named = {NamedToken{"eos_token", "</s>"}, NamedToken{"unk_token", "<unk>"},
                                NamedToken{"pad_token", "<pad>"}};
  std::vector<Json> extra = symbol_tokens(sources);
  for (Json& token : special_tokens(sentinels, sources))
    extra.push_back(std::move(token));
  builder.add_tokens(sources, named, sources.extra_tokens(extra));
  add_words(builder, sources, true);
  const Json eos = Json::array({"</s>", builder.token_and_id("eos_token", sources.where())[1]});
  builder["post_processor"] = template_processing({{"$A"}, {"</s>"}}, {{"$A"}, {"</s>"}, {"$B"}, {"</s>"}}, {eos});
  return builder.finish();
}

}  // namespace sbert::text
