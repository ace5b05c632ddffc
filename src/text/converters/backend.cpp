#include <array>

#include "text/converters/builder.h"
#include "text/converters/registry.h"
#include "text/converters/vocabulary_files.h"

namespace sbert::text {

namespace {

Json byte_fallback_bpe(Json model, bool byte_fallback, Json unk_token) {
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

Json replace(const char* wanted, const char* content) {
  return {{"type", "Replace"}, {"pattern", {{"String", wanted}}}, {"content", content}};
}

Json sequence(const char* list, Json steps) {
  return {{"type", "Sequence"}, {list, std::move(steps)}};
}

/// The vocabulary of a sentencepiece model and what it says itself of normalizing; no pre-tokenizer. Scores are rounded
/// twice as those of a tokenizer.json are (score.h), because transformers copies this tokenizer by way of one.
Json convert_sentencepiece(TokenizerSources& sources) {
  read_sentencepiece_file(sources, "tokenizer.model");
  const SentencePieceModel& spm = *sources.spm;
  Json model = spm.type == SentencePieceModel::Type::unigram
                   ? Json{{"type", "Unigram"},
                          {"unk_id", spm.unk_id},
                          {"vocab", scored_pieces(spm)},
                          {"byte_fallback", spm.byte_fallback}}
                   : byte_fallback_bpe(merged_pieces(spm), spm.byte_fallback, spm.unk_piece);
  TokenizerBuilder builder(std::move(model));
  std::vector<NamedToken> named;
  if (spm.bos_id >= 0) named.push_back({"bos_token", spm.bos_piece.c_str()});
  if (spm.eos_id >= 0) named.push_back({"eos_token", spm.eos_piece.c_str()});
  if (spm.unk_id >= 0) named.push_back({"unk_token", spm.unk_piece.c_str()});
  builder.add_tokens(sources, named, sources.extra_tokens(symbol_tokens(sources)));
  Json normalizers = Json::array({replace(" ", "▁")});
  if (!spm.charsmap.empty()) normalizers.insert(normalizers.begin(), precompiled_normalizer(sources));
  builder["normalizer"] = sequence("normalizers", std::move(normalizers));
  Json decoders = Json::array({replace("▁", " ")});
  if (spm.byte_fallback) {
    decoders.push_back({{"type", "ByteFallback"}});
    decoders.push_back({{"type", "Fuse"}});
  }
  builder["decoder"] = sequence("decoders", std::move(decoders));
  builder["post_processor"] = bos_eos_processing(sources, builder);
  return builder.finish();
}

}  // namespace

Json convert_backend(TokenizerSources& sources) {
  if (sources.tokenizer.is_null()) return convert_sentencepiece(sources);
  TokenizerBuilder builder = TokenizerBuilder::from_tokenizer_json(std::move(sources.tokenizer),
                                                                   (sources.directory / "tokenizer.json").string());
  builder.add_tokens(sources, {}, sources.extra_tokens({}));
  return builder.finish();
}

Json convert_llama(TokenizerSources& sources) {
  Json model;
  if (sources.tokenizer.is_null()) {
    read_sentencepiece_file(sources, "tokenizer.model");
    model = merged_pieces(*sources.spm);
  } else {
    model = read_bpe_vocabulary(sources);
  }
  TokenizerBuilder builder(byte_fallback_bpe(std::move(model), true, nullptr));
  constexpr std::array named = {NamedToken{"bos_token", "<s>"}, NamedToken{"eos_token", "</s>"},
                                NamedToken{"unk_token", "<unk>"}};
  builder.add_tokens(sources, named, sources.extra_tokens(symbol_tokens(sources)));
  const bool add_prefix_space = sources.option("add_prefix_space", true);
  const char* const scheme = !add_prefix_space ? "never" : sources.option("legacy", false) ? "always" : "first";
  builder["pre_tokenizer"] = {
      {"type", "Metaspace"}, {"replacement", "▁"}, {"prepend_scheme", scheme}, {"split", false}};
  Json decoders = Json::array({replace("▁", " "), {{"type", "ByteFallback"}}, {{"type", "Fuse"}}});
  if (add_prefix_space) decoders.push_back({{"type", "Strip"}, {"content", " "}, {"start", 1}, {"stop", 0}});
  builder["decoder"] = sequence("decoders", std::move(decoders));
  builder["post_processor"] = saved_or_bos_eos_processing(sources, builder);
  return builder.finish();
}

}  // namespace sbert::text
