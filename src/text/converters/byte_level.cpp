#include <array>

#include "text/converters/builder.h"
#include "text/converters/registry.h"
#include "text/converters/vocabulary_files.h"

namespace sbert::text {

namespace {

Json byte_level(bool add_prefix_space) {
  return {{"type", "ByteLevel"}, {"add_prefix_space", add_prefix_space}, {"trim_offsets", true}, {"use_regex", true}};
}

TokenizerBuilder build_byte_level(TokenizerSources& sources, std::span<const NamedToken> named, const char* suffix) {
  Json model = read_bpe_vocabulary(sources);
  model.update({{"type", "BPE"},
                {"dropout", nullptr},
                {"unk_token", nullptr},
                {"continuing_subword_prefix", ""},
                {"end_of_word_suffix", suffix},
                {"fuse_unk", false},
                {"byte_fallback", false},
                {"ignore_merges", false}});
  TokenizerBuilder builder(std::move(model));
  builder.add_tokens(sources, named, sources.extra_tokens({}));
  builder["decoder"] = byte_level(true);
  return builder;
}

Json roberta_processing(const TokenizerSources& sources, const TokenizerBuilder& builder, const char* sep,
                        const char* cls, bool trim_offsets, bool add_prefix_space) {
  return {{"type", "RobertaProcessing"},
          {"sep", builder.token_and_id(sep, sources.where())},
          {"cls", builder.token_and_id(cls, sources.where())},
          {"trim_offsets", trim_offsets},
          {"add_prefix_space", add_prefix_space}};
}

}  // namespace

Json convert_roberta(TokenizerSources& sources) {
  constexpr std::array named = {NamedToken{"bos_token", "<s>"},    NamedToken{"eos_token", "</s>"},
                                NamedToken{"unk_token", "<unk>"},  NamedToken{"sep_token", "</s>"},
                                NamedToken{"pad_token", "<pad>"},  NamedToken{"cls_token", "<s>"},
                                NamedToken{"mask_token", "<mask>"}};
  TokenizerBuilder builder = build_byte_level(sources, named, "");
  const bool add_prefix_space = sources.option("add_prefix_space", false);
  builder["pre_tokenizer"] = byte_level(add_prefix_space);
  builder["post_processor"] = roberta_processing(sources, builder, "sep_token", "cls_token",
                                                 sources.option("trim_offsets", true), add_prefix_space);
  return builder.finish();
}

Json convert_gpt2(TokenizerSources& sources) {
  constexpr std::array named = {NamedToken{"bos_token", "<|endoftext|>"}, NamedToken{"eos_token", "<|endoftext|>"},
                                NamedToken{"unk_token", "<|endoftext|>"}};
  TokenizerBuilder builder = build_byte_level(sources, named, "");
  builder["pre_tokenizer"] = byte_level(sources.option("add_prefix_space", false));
  builder["post_processor"] = saved_or_bos_eos_processing(sources, builder);
  return builder.finish();
}

Json convert_clip(TokenizerSources& sources) {
  constexpr std::array named = {NamedToken{"bos_token", "<|startoftext|>"}, NamedToken{"eos_token", "<|endoftext|>"},
                                NamedToken{"unk_token", "<|endoftext|>"}, NamedToken{"pad_token", "<|endoftext|>"}};
  TokenizerBuilder builder = build_byte_level(sources, named, "</w>");
  builder["model"]["unk_token"] = builder.content("unk_token");
  builder["normalizer"] = {{"type", "Sequence"},
                           {"normalizers",
                            {{{"type", "NFC"}},
                             {{"type", "Replace"}, {"pattern", {{"Regex", R"(\s+)"}}}, {"content", " "}},
                             {{"type", "Lowercase"}}}}};
  const char* const words =
      R"(<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+)";
  builder["pre_tokenizer"] = {
      {"type", "Sequence"},
      {"pretokenizers",
       {{{"type", "Split"}, {"pattern", {{"Regex", words}}}, {"behavior", "Removed"}, {"invert", true}},
        byte_level(false)}}};
  // The suffix at the end of words becomes a space: transformers does it after the decoder.
  builder["decoder"] = {{"type", "Sequence"},
                        {"decoders",
                         {byte_level(true),
                          {{"type", "Replace"}, {"pattern", {{"String", "</w>"}}}, {"content", " "}},
                          {{"type", "Strip"}, {"content", " "}, {"start", INT32_MAX}, {"stop", INT32_MAX}}}}};
  builder["post_processor"] = roberta_processing(sources, builder, "eos_token", "bos_token", false, false);
  return builder.finish();
}

}  // namespace sbert::text
