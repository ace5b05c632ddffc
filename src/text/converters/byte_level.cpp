#include <array>

#include "text/converters/builder.h"
#include "text/converters/registry.h"
#include "text/converters/vocabulary_files.h"

namespace sbert::text {

namespace {

Json byte_level(bool add_prefix_space, bool use_regex = true) {
  return {
      {"type", "ByteLevel"}, {"add_prefix_space", add_prefix_space}, {"trim_offsets", true}, {"use_regex", use_regex}};
}

Json pre_tokenizers(Json steps) {
  return {{"type", "Sequence"}, {"pretokenizers", std::move(steps)}};
}

Json words_of(const char* pattern, const char* behavior, bool invert) {
  return {{"type", "Split"}, {"pattern", {{"Regex", pattern}}}, {"behavior", behavior}, {"invert", invert}};
}

TokenizerBuilder build_byte_level_model(TokenizerSources& sources, std::span<const NamedToken> named,
                                        const char* suffix = "") {
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

TokenizerBuilder build_byte_level(TokenizerSources& sources, std::span<const NamedToken> named,
                                  bool prefix_space = false) {
  TokenizerBuilder builder = build_byte_level_model(sources, named);
  builder["pre_tokenizer"] = byte_level(sources.strict_flag("add_prefix_space", prefix_space));
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

constexpr std::array kRobertaTokens = {NamedToken{"bos_token", "<s>"},    NamedToken{"eos_token", "</s>"},
                                       NamedToken{"unk_token", "<unk>"},  NamedToken{"sep_token", "</s>"},
                                       NamedToken{"pad_token", "<pad>"},  NamedToken{"cls_token", "<s>"},
                                       NamedToken{"mask_token", "<mask>"}};
constexpr std::array kGpt2Tokens = {NamedToken{"bos_token", "<|endoftext|>"}, NamedToken{"eos_token", "<|endoftext|>"},
                                    NamedToken{"unk_token", "<|endoftext|>"}};

TokenizerBuilder build_qwen(TokenizerSources& sources, const char* words) {
  constexpr std::array named = {NamedToken{"eos_token", "<|endoftext|>"}, NamedToken{"unk_token", "<|endoftext|>"},
                                NamedToken{"pad_token", "<|endoftext|>"}};
  TokenizerBuilder builder = build_byte_level_model(sources, named);
  builder["normalizer"] = {{"type", "NFC"}};
  builder["pre_tokenizer"] = pre_tokenizers(
      {words_of(words, "Isolated", false), byte_level(sources.option("add_prefix_space", false), false)});
  builder["post_processor"] = saved_or_bos_eos_processing(sources, builder);
  return builder;
}

}  // namespace

Json convert_roberta(TokenizerSources& sources) {
  TokenizerBuilder builder = build_byte_level(sources, kRobertaTokens);
  builder["post_processor"] =
      roberta_processing(sources, builder, "sep_token", "cls_token", sources.option("trim_offsets", true),
                         sources.option("add_prefix_space", false));
  return builder.finish();
}

Json convert_blenderbot(TokenizerSources& sources) {
  std::vector<NamedToken> named(kRobertaTokens.begin(), kRobertaTokens.end());
  named.back().lstrip = true;
  TokenizerBuilder builder = build_byte_level(sources, named, true);
  builder["post_processor"] = saved_or_bos_eos_processing(sources, builder);
  return builder.finish();
}

Json convert_gpt2(TokenizerSources& sources) {
  TokenizerBuilder builder = build_byte_level(sources, kGpt2Tokens);
  builder["post_processor"] = saved_or_bos_eos_processing(sources, builder);
  return builder.finish();
}

Json convert_codegen(TokenizerSources& sources) {
  return convert_gpt2(sources);
}

/// Nothing stands around texts, whatever the tokenizer.json says.
Json convert_gpt_neox(TokenizerSources& sources) {
  constexpr std::array named = {NamedToken{"bos_token", "<|endoftext|>"}, NamedToken{"eos_token", "<|endoftext|>"},
                                NamedToken{"unk_token", "<|endoftext|>"}, NamedToken{"pad_token", "<|padding|>"}};
  TokenizerBuilder builder = build_byte_level(sources, named);
  builder["normalizer"] = {{"type", "NFC"}};
  builder["post_processor"] = bos_eos_processing(sources, builder);
  return builder.finish();
}

Json convert_deberta(TokenizerSources& sources) {
  constexpr std::array named = {NamedToken{"bos_token", "[CLS]"},  NamedToken{"eos_token", "[SEP]"},
                                NamedToken{"unk_token", "[UNK]"},  NamedToken{"sep_token", "[SEP]"},
                                NamedToken{"pad_token", "[PAD]"},  NamedToken{"cls_token", "[CLS]"},
                                NamedToken{"mask_token", "[MASK]"}};
  TokenizerBuilder builder = build_byte_level(sources, named);
  const Json cls = builder.token_and_id("cls_token", sources.where());
  const Json sep = builder.token_and_id("sep_token", sources.where());
  const std::string begin = cls[0], end = sep[0];
  builder["post_processor"] =
      template_processing({{begin}, {"$A"}, {end}}, {{begin}, {"$A"}, {end}, {end}, {"$B"}, {end}}, {cls, sep});
  return builder.finish();
}

/// Special tokens lose their flags.
Json convert_qwen2(TokenizerSources& sources) {
  TokenizerBuilder builder = build_qwen(
      sources,
      R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)");
  builder.drop_flags(sources.extra_tokens({}));
  return builder.finish();
}

Json convert_qwen3_5(TokenizerSources& sources) {
  return build_qwen(
             sources,
             R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)")
      .finish();
}

Json convert_cohere(TokenizerSources& sources) {
  constexpr std::array named = {
      NamedToken{"bos_token", "<BOS_TOKEN>"},  NamedToken{"eos_token", "<|END_OF_TURN_TOKEN|>"},
      NamedToken{"unk_token", "<UNK>"},        NamedToken{"sep_token", "<SEP>"},
      NamedToken{"pad_token", "<PAD>"},        NamedToken{"cls_token", "<CLS>"},
      NamedToken{"mask_token", "<MASK_TOKEN>"}};
  TokenizerBuilder builder = build_byte_level(sources, named);
  const bool add_prefix_space = sources.strict_flag("add_prefix_space", false);
  builder["normalizer"] = {{"type", "NFC"}};
  builder["pre_tokenizer"] =
      pre_tokenizers({{{"type", "Digits"}, {"individual_digits", true}}, byte_level(add_prefix_space)});
  builder["decoder"] = byte_level(add_prefix_space);
  builder["post_processor"] = saved_or_bos_eos_processing(sources, builder);
  return builder.finish();
}

Json convert_clip(TokenizerSources& sources) {
  constexpr std::array named = {NamedToken{"bos_token", "<|startoftext|>"}, NamedToken{"eos_token", "<|endoftext|>"},
                                NamedToken{"unk_token", "<|endoftext|>"}, NamedToken{"pad_token", "<|endoftext|>"}};
  TokenizerBuilder builder = build_byte_level_model(sources, named, "</w>");
  builder["model"]["unk_token"] = builder.content("unk_token");
  builder["normalizer"] = {{"type", "Sequence"},
                           {"normalizers",
                            {{{"type", "NFC"}},
                             {{"type", "Replace"}, {"pattern", {{"Regex", R"(\s+)"}}}, {"content", " "}},
                             {{"type", "Lowercase"}}}}};
  const char* const words =
      R"(<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+)";
  builder["pre_tokenizer"] = pre_tokenizers({words_of(words, "Removed", true), byte_level(false)});
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
