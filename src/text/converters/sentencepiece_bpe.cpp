#include <array>

#include "text/converters/builder.h"
#include "text/converters/parts.h"
#include "text/converters/registry.h"
#include "text/converters/vocabulary_files.h"

namespace sbert::text {

namespace {

Json byte_fallback_decoder(bool strips) {
  Json steps = Json::array({replace_string("▁", " "), {{"type", "ByteFallback"}}, {{"type", "Fuse"}}});
  if (strips) steps.push_back({{"type", "Strip"}, {"content", " "}, {"start", 1}, {"stop", 0}});
  return decoder_sequence(std::move(steps));
}

/// The class knows its unk_token before the tokens are added, as it is part of the model.
TokenizerBuilder build_with_unk(TokenizerSources& sources, std::span<const NamedToken> named,
                                const std::vector<Json>& extra, bool byte_fallback) {
  TokenizerBuilder builder(sentencepiece_bpe(read_bpe_vocabulary(sources), byte_fallback, nullptr));
  builder.add_tokens(sources, named, sources.extra_tokens(extra));
  builder["model"]["unk_token"] = builder.content("unk_token");
  return builder;
}

/// Words of BERT, with a "</w>" at their ends.
TokenizerBuilder build_words_with_ends(TokenizerSources& sources, std::span<const NamedToken> named, Json normalizer) {
  TokenizerBuilder builder = build_with_unk(sources, named, {}, false);
  builder["model"].update({{"end_of_word_suffix", "</w>"}, {"fuse_unk", false}});
  builder["normalizer"] = std::move(normalizer);
  builder["pre_tokenizer"] = {{"type", "BertPreTokenizer"}};
  builder["decoder"] = {{"type", "BPEDecoder"}, {"suffix", "</w>"}};
  return builder;
}

Json bert_cleaning(Json strip_accents, bool lowercase) {
  return {{"type", "BertNormalizer"},
          {"clean_text", true},
          {"handle_chinese_chars", true},
          {"strip_accents", std::move(strip_accents)},
          {"lowercase", lowercase}};
}

TokenizerBuilder build_gemma(TokenizerSources& sources) {
  constexpr std::array named = {NamedToken{"bos_token", "<bos>"}, NamedToken{"eos_token", "<eos>"},
                                NamedToken{"unk_token", "<unk>"}, NamedToken{"pad_token", "<pad>"},
                                NamedToken{"mask_token", "<mask>"}};
  TokenizerBuilder builder = build_with_unk(sources, named, {}, true);
  builder["normalizer"] = replace_string(" ", "▁");
  builder["pre_tokenizer"] = {
      {"type", "Split"}, {"pattern", {{"String", " "}}}, {"behavior", "MergedWithPrevious"}, {"invert", false}};
  builder["decoder"] = byte_fallback_decoder(false);
  builder["post_processor"] = saved_or_bos_eos_processing(sources, builder);
  return builder;
}

}  // namespace

Json convert_llama(TokenizerSources& sources) {
  Json model;
  if (sources.tokenizer.is_null()) {
    read_sentencepiece_file(sources, "tokenizer.model");
    model = merged_pieces(*sources.spm);
  } else {
    model = read_bpe_vocabulary(sources);
  }
  TokenizerBuilder builder(sentencepiece_bpe(std::move(model), true, nullptr));
  constexpr std::array named = {NamedToken{"bos_token", "<s>"}, NamedToken{"eos_token", "</s>"},
                                NamedToken{"unk_token", "<unk>"}};
  builder.add_tokens(sources, named, sources.extra_tokens(symbol_tokens(sources)));
  const bool add_prefix_space = sources.option("add_prefix_space", true);
  const char* const scheme = !add_prefix_space ? "never" : sources.option("legacy", false) ? "always" : "first";
  builder["pre_tokenizer"] = metaspace(scheme, false);
  builder["decoder"] = byte_fallback_decoder(add_prefix_space);
  builder["post_processor"] = saved_or_bos_eos_processing(sources, builder);
  return builder.finish();
}

/// The beginning of texts is always marked.
Json convert_code_llama(TokenizerSources& sources) {
  constexpr std::array named = {NamedToken{"bos_token", "<s>"},       NamedToken{"eos_token", "</s>"},
                                NamedToken{"unk_token", "<unk>"},     NamedToken{"prefix_token", "▁<PRE>"},
                                NamedToken{"middle_token", "▁<MID>"}, NamedToken{"suffix_token", "▁<SUF>"},
                                NamedToken{"eot_token", "▁<EOT>"},    NamedToken{"fill_token", "<FILL_ME>"}};
  TokenizerBuilder builder = build_with_unk(sources, named, {}, true);
  builder["pre_tokenizer"] = metaspace(sources.option("add_prefix_space", true) ? "first" : "never", false);
  builder["decoder"] = byte_fallback_decoder(true);
  builder["post_processor"] = bos_eos_processing(!builder.content("bos_token").empty(), false, sources, builder);
  return builder.finish();
}

Json convert_gemma(TokenizerSources& sources) {
  return build_gemma(sources).finish();
}

Json convert_siglip2(TokenizerSources& sources) {
  TokenizerBuilder builder = build_gemma(sources);
  builder["normalizer"] = normalizer_sequence({lowercase_part(), replace_string(" ", "▁")});
  return builder.finish();
}

/// The language that texts are in stands before them, or behind.
Json convert_nllb(TokenizerSources& sources) {
  const auto extra = sources.config.find("extra_special_tokens");
  if (extra == sources.config.end() || extra->is_null()) {
    fail(ErrorCode::unsupported, sources.where(),
         ": lists no 'extra_special_tokens'; without the names of its languages an NllbTokenizer is not made here");
  }
  TokenizerBuilder builder = build_with_unk(sources, fairseq_tokens(true), {}, false);
  const Json charsmap = precompiled_normalizer(sources);
  if (!charsmap.is_null()) builder["normalizer"] = normalizer_sequence({charsmap, replace_regex(" {2,}", " ")});
  builder["pre_tokenizer"] = metaspace("always");
  builder["decoder"] = metaspace("always");
  const Json eos = builder.token_and_id("eos_token", sources.where());
  const std::string end = eos[0], language = sources.option<std::string>("src_lang", "eng_Latn");
  const Json code = Json::array({language, builder.id_or(language, "unk_token", sources.where())});
  builder["post_processor"] =
      sources.option("legacy_behaviour", false)
          ? template_processing({{"$A"}, {end}, {language}}, {{"$A"}, {"$B"}, {end}, {language}}, {eos, code})
          : template_processing({{language}, {"$A"}, {end}}, {{language}, {"$A"}, {"$B"}, {end}}, {eos, code});
  return builder.finish();
}

Json convert_reformer(TokenizerSources& sources) {
  constexpr std::array named = {NamedToken{"eos_token", "</s>"}, NamedToken{"unk_token", "<unk>"}};
  TokenizerBuilder builder = build_with_unk(sources, named, {}, false);
  const Json charsmap = precompiled_normalizer(sources);
  if (!charsmap.is_null()) builder["normalizer"] = normalizer_sequence({charsmap, replace_regex(" {2,}", " ")});
  builder["pre_tokenizer"] = metaspace("always");
  builder["decoder"] = metaspace("always");
  builder["post_processor"] = saved_or_bos_eos_processing(sources, builder);
  return builder.finish();
}

/// The ids around texts are those of its own vocabulary, whatever this one has.
Json convert_herbert(TokenizerSources& sources) {
  constexpr std::array named = {NamedToken{"unk_token", "<unk>"}, NamedToken{"sep_token", "</s>"},
                                NamedToken{"pad_token", "<pad>"}, NamedToken{"cls_token", "<s>"},
                                NamedToken{"mask_token", "<mask>"}};
  TokenizerBuilder builder = build_words_with_ends(sources, named, bert_cleaning(false, false));
  builder["post_processor"] = {{"type", "BertProcessing"},
                               {"sep", Json::array({builder.content("sep_token"), 2})},
                               {"cls", Json::array({builder.content("cls_token"), 0})}};
  return builder.finish();
}

Json convert_openai_gpt(TokenizerSources& sources) {
  constexpr std::array named = {NamedToken{"unk_token", "<unk>"}};
  TokenizerBuilder builder = build_words_with_ends(sources, named, bert_cleaning(nullptr, true));
  builder["post_processor"] = saved_or_bos_eos_processing(sources, builder);
  return builder.finish();
}

}  // namespace sbert::text
