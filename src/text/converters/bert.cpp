#include <array>

#include "text/converters/builder.h"
#include "text/converters/registry.h"
#include "text/converters/vocabulary_files.h"

namespace sbert::text {

namespace {

TokenizerBuilder build_wordpiece(TokenizerSources& sources, std::span<const NamedToken> named, const char* unk_token) {
  Json model = read_wordpiece_vocabulary(sources);
  model["type"] = "WordPiece";
  model["continuing_subword_prefix"] = "##";
  model["max_input_chars_per_word"] = 100;
  TokenizerBuilder builder(std::move(model));
  builder.add_tokens(sources, named, sources.extra_tokens({}));
  const std::string unk = builder.content("unk_token");
  builder["model"]["unk_token"] = unk.empty() ? unk_token : unk;
  const auto strip = sources.config.find("strip_accents");
  builder["normalizer"] = {{"type", "BertNormalizer"},
                           {"clean_text", true},
                           {"handle_chinese_chars", sources.option("tokenize_chinese_chars", true)},
                           {"strip_accents", strip == sources.config.end() ? Json() : *strip},
                           {"lowercase", sources.option("do_lower_case", true)}};
  builder["pre_tokenizer"] = {{"type", "BertPreTokenizer"}};
  builder["decoder"] = {{"type", "WordPiece"}, {"prefix", "##"}, {"cleanup", true}};
  return builder;
}

}  // namespace

Json convert_bert(TokenizerSources& sources) {
  constexpr std::array named = {NamedToken{"unk_token", "[UNK]"}, NamedToken{"sep_token", "[SEP]"},
                                NamedToken{"pad_token", "[PAD]"}, NamedToken{"cls_token", "[CLS]"},
                                NamedToken{"mask_token", "[MASK]"}};
  TokenizerBuilder builder = build_wordpiece(sources, named, "[UNK]");
  const Json cls = builder.token_and_id("cls_token", sources.where());
  const Json sep = builder.token_and_id("sep_token", sources.where());
  const std::string begin = cls[0], end = sep[0];
  builder["post_processor"] =
      template_processing({{begin}, {"$A"}, {end}}, {{begin}, {"$A"}, {end}, {"$B", 1}, {end, 1}}, {cls, sep});
  return builder.finish();
}

Json convert_mpnet(TokenizerSources& sources) {
  constexpr std::array named = {NamedToken{"bos_token", "<s>"},          NamedToken{"eos_token", "</s>"},
                                NamedToken{"unk_token", "[UNK]"},        NamedToken{"sep_token", "</s>"},
                                NamedToken{"pad_token", "<pad>"},        NamedToken{"cls_token", "<s>"},
                                NamedToken{"mask_token", "<mask>", true}};
  TokenizerBuilder builder = build_wordpiece(sources, named, "[UNK]");
  builder["post_processor"] = {{"type", "RobertaProcessing"},
                               {"sep", builder.token_and_id("sep_token", sources.where())},
                               {"cls", builder.token_and_id("cls_token", sources.where())},
                               {"trim_offsets", true},
                               {"add_prefix_space", false}};
  return builder.finish();
}

}  // namespace sbert::text
