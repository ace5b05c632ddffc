#include "text/converters/builder.h"
#include "text/converters/parts.h"
#include "text/converters/registry.h"
#include "text/converters/vocabulary_files.h"

namespace sbert::text {

namespace {

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
                   : sentencepiece_bpe(merged_pieces(spm), spm.byte_fallback, spm.unk_piece);
  TokenizerBuilder builder(std::move(model));
  std::vector<NamedToken> named;
  if (spm.bos_id >= 0) named.push_back({"bos_token", spm.bos_piece.c_str()});
  if (spm.eos_id >= 0) named.push_back({"eos_token", spm.eos_piece.c_str()});
  if (spm.unk_id >= 0) named.push_back({"unk_token", spm.unk_piece.c_str()});
  builder.add_tokens(sources, named, sources.extra_tokens(symbol_tokens(sources)));
  Json normalizers = Json::array({replace_string(" ", "▁")});
  if (!spm.charsmap.empty()) normalizers.insert(normalizers.begin(), precompiled_normalizer(sources));
  builder["normalizer"] = normalizer_sequence(std::move(normalizers));
  Json decoders = Json::array({replace_string("▁", " ")});
  if (spm.byte_fallback) {
    decoders.push_back({{"type", "ByteFallback"}});
    decoders.push_back({{"type", "Fuse"}});
  }
  builder["decoder"] = decoder_sequence(std::move(decoders));
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

}  // namespace sbert::text
