#include <array>

#include "text/converters/builder.h"
#include "text/converters/registry.h"
#include "text/converters/vocabulary_files.h"

namespace sbert::text {

namespace {

Json bert_normalizer(const TokenizerSources& sources, bool clean_text, bool lowercase) {
  const auto strip = sources.config.find("strip_accents");
  return {{"type", "BertNormalizer"},
          {"clean_text", clean_text},
          {"handle_chinese_chars", sources.strict_flag("tokenize_chinese_chars", true)},
          {"strip_accents", strip == sources.config.end() ? Json() : *strip},
          {"lowercase", lowercase}};
}

TokenizerBuilder build_wordpiece(TokenizerSources& sources, std::span<const NamedToken> named, const char* unk_token,
                                 bool lowercase) {
  Json model = read_wordpiece_vocabulary(sources);
  model["type"] = "WordPiece";
  model["continuing_subword_prefix"] = "##";
  model["max_input_chars_per_word"] = 100;
  TokenizerBuilder builder(std::move(model));
  builder.add_tokens(sources, named, sources.extra_tokens({}));
  const std::string unk = builder.content("unk_token");
  builder["model"]["unk_token"] = unk.empty() ? unk_token : unk;
  builder["normalizer"] = bert_normalizer(sources, true, lowercase);
  builder["pre_tokenizer"] = {{"type", "BertPreTokenizer"}};
  builder["decoder"] = {{"type", "WordPiece"}, {"prefix", "##"}, {"cleanup", true}};
  return builder;
}

constexpr std::array kBertTokens = {NamedToken{"unk_token", "[UNK]"}, NamedToken{"sep_token", "[SEP]"},
                                    NamedToken{"pad_token", "[PAD]"}, NamedToken{"cls_token", "[CLS]"},
                                    NamedToken{"mask_token", "[MASK]"}};

/// [CLS] A [SEP] and [CLS] A [SEP] B [SEP].
void surround(TokenizerBuilder& builder, const TokenizerSources& sources, int cls_type_id) {
  const Json cls = builder.token_and_id("cls_token", sources.where());
  const Json sep = builder.token_and_id("sep_token", sources.where());
  const std::string begin = cls[0], end = sep[0];
  builder["post_processor"] = template_processing(
      {{begin, cls_type_id}, {"$A"}, {end}}, {{begin, cls_type_id}, {"$A"}, {end}, {"$B", 1}, {end, 1}}, {cls, sep});
}

}  // namespace

Json convert_bert(TokenizerSources& sources) {
  TokenizerBuilder builder = build_wordpiece(sources, kBertTokens, "[UNK]", sources.strict_flag("do_lower_case", true));
  surround(builder, sources, 0);
  return builder.finish();
}

/// Has an option do_lower_case and makes nothing of it.
Json convert_dpr(TokenizerSources& sources) {
  TokenizerBuilder builder = build_wordpiece(sources, kBertTokens, "[UNK]", true);
  surround(builder, sources, 0);
  return builder.finish();
}

/// The tokenizer.json as it is, but for what stands around texts.
Json convert_convbert(TokenizerSources& sources) {
  TokenizerBuilder builder = TokenizerBuilder::from_tokenizer_json(std::move(sources.tokenizer),
                                                                   (sources.directory / "tokenizer.json").string());
  builder.add_tokens(sources, kBertTokens, sources.extra_tokens({}));
  surround(builder, sources, 0);
  return builder.finish();
}

Json convert_funnel(TokenizerSources& sources) {
  constexpr std::array named = {NamedToken{"bos_token", "<s>"},    NamedToken{"eos_token", "</s>"},
                                NamedToken{"unk_token", "<unk>"},  NamedToken{"sep_token", "<sep>"},
                                NamedToken{"pad_token", "<pad>"},  NamedToken{"cls_token", "<cls>"},
                                NamedToken{"mask_token", "<mask>"}};
  const bool lowercase = sources.strict_flag("do_lower_case", true);
  TokenizerBuilder builder = build_wordpiece(sources, named, "<unk>", lowercase);
  builder["normalizer"] = bert_normalizer(sources, sources.strict_flag("clean_text", true), lowercase);
  builder["decoder"]["prefix"] = sources.option<std::string>("wordpieces_prefix", "##");
  surround(builder, sources, 2);
  return builder.finish();
}

Json convert_mpnet(TokenizerSources& sources) {
  constexpr std::array named = {NamedToken{"bos_token", "<s>"},          NamedToken{"eos_token", "</s>"},
                                NamedToken{"unk_token", "[UNK]"},        NamedToken{"sep_token", "</s>"},
                                NamedToken{"pad_token", "<pad>"},        NamedToken{"cls_token", "<s>"},
                                NamedToken{"mask_token", "<mask>", true}};
  TokenizerBuilder builder = build_wordpiece(sources, named, "[UNK]", sources.strict_flag("do_lower_case", true));
  builder["post_processor"] = {{"type", "RobertaProcessing"},
                               {"sep", builder.token_and_id("sep_token", sources.where())},
                               {"cls", builder.token_and_id("cls_token", sources.where())},
                               {"trim_offsets", true},
                               {"add_prefix_space", false}};
  return builder.finish();
}

/// Pairs have a question and its end in them.
Json convert_splinter(TokenizerSources& sources) {
  std::vector<NamedToken> named(kBertTokens.begin(), kBertTokens.end());
  named.push_back({"question_token", "[QUESTION]"});
  TokenizerBuilder builder = build_wordpiece(sources, named, "[UNK]", sources.strict_flag("do_lower_case", true));
  const Json cls = builder.token_and_id("cls_token", sources.where());
  const Json sep = builder.token_and_id("sep_token", sources.where());
  const Json question = builder.token_and_id("question_token", sources.where());
  const Json dot = Json::array({".", builder.id_or(".", "unk_token", sources.where())});
  const std::string begin = cls[0], end = sep[0], mark = question[0];
  const bool at_end = sources.option<std::string>("padding_side", "right") == "left";
  std::vector<TemplatePart> pair = {{begin}, {"$A"}};
  if (!at_end) pair.insert(pair.end(), {{mark}, {"."}});
  pair.push_back({end});
  pair.push_back({"$B", 1});
  if (at_end) pair.insert(pair.end(), {{mark}, {"."}});
  pair.push_back({end, 1});
  builder["post_processor"] = template_processing({{begin}, {"$A"}, {end}}, pair, {cls, sep, question, dot});
  return builder.finish();
}

}  // namespace sbert::text
