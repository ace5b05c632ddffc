#include "text/converters/registry.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "text/converters/classes.h"

namespace sbert::text {

namespace {

struct Converter {
  std::string_view tokenizer_class;
  Json (*convert)(TokenizerSources& sources);
  bool needs_tokenizer_json = false;  // how to make it of the files that came before is not known here
};

constexpr std::array kConverters = {
    Converter{"AlbertTokenizer", convert_albert, true},
    Converter{"BartTokenizer", convert_roberta},
    Converter{"BarthezTokenizer", convert_barthez, true},
    Converter{"BertTokenizer", convert_bert},
    Converter{"BigBirdTokenizer", convert_big_bird, true},
    Converter{"BlenderbotTokenizer", convert_blenderbot},
    Converter{"CLIPTokenizer", convert_clip},
    Converter{"CamembertTokenizer", convert_camembert},
    Converter{"CodeGenTokenizer", convert_codegen},
    Converter{"CodeLlamaTokenizer", convert_code_llama, true},
    Converter{"CohereTokenizer", convert_cohere},
    Converter{"ConvBertTokenizer", convert_convbert, true},
    Converter{"DPRContextEncoderTokenizer", convert_dpr},
    Converter{"DPRQuestionEncoderTokenizer", convert_dpr},
    Converter{"DPRReaderTokenizer", convert_dpr},
    Converter{"DebertaTokenizer", convert_deberta},
    Converter{"DebertaV2Tokenizer", convert_deberta_v2, true},
    Converter{"DistilBertTokenizer", convert_bert},
    Converter{"ElectraTokenizer", convert_bert},
    Converter{"FNetTokenizer", convert_fnet, true},
    Converter{"FunnelTokenizer", convert_funnel},
    Converter{"GPT2Tokenizer", convert_gpt2},
    Converter{"GPTNeoXTokenizer", convert_gpt_neox},
    Converter{"GemmaTokenizer", convert_gemma, true},
    Converter{"HerbertTokenizer", convert_herbert},
    Converter{"LEDTokenizer", convert_roberta},
    Converter{"LasrTokenizer", convert_lasr},
    Converter{"LayoutLMTokenizer", convert_bert},
    Converter{"LlamaTokenizer", convert_llama},
    Converter{"LongformerTokenizer", convert_roberta},
    Converter{"LxmertTokenizer", convert_bert},
    Converter{"MBartTokenizer", convert_mbart, true},
    Converter{"MPNetTokenizer", convert_mpnet},
    Converter{"MobileBertTokenizer", convert_bert},
    Converter{"MvpTokenizer", convert_roberta},
    Converter{"NllbTokenizer", convert_nllb, true},
    Converter{"OpenAIGPTTokenizer", convert_openai_gpt},
    Converter{"ParakeetTokenizer", convert_backend},
    Converter{"PegasusTokenizer", convert_pegasus, true},
    Converter{"Phi3Tokenizer", convert_llama},
    Converter{"Qwen2Tokenizer", convert_qwen2},
    Converter{"Qwen3_5Tokenizer", convert_qwen3_5, true},
    Converter{"ReformerTokenizer", convert_reformer, true},
    Converter{"RemBertTokenizer", convert_rembert, true},
    Converter{"RobertaTokenizer", convert_roberta},
    Converter{"Siglip2Tokenizer", convert_siglip2, true},
    Converter{"SplinterTokenizer", convert_splinter},
    Converter{"SqueezeBertTokenizer", convert_bert},
    Converter{"T5Tokenizer", convert_t5},
    Converter{"VideoPrismTokenizer", convert_video_prism},
    Converter{"XGLMTokenizer", convert_xglm, true},
    Converter{"XLMRobertaTokenizer", convert_xlm_roberta},
    Converter{"XLNetTokenizer", convert_xlnet, true},
};

Json convert_as_it_is(TokenizerSources& sources) {
  if (sources.tokenizer.is_null() && !sources.has("tokenizer.model")) {
    fail(ErrorCode::not_found, sources.directory.string(),
         ": has no tokenizer.json; fetch it, or save the tokenizer once more with Python's transformers");
  }
  return convert_backend(sources);
}

Json convert_as_class(TokenizerSources& sources) {
  const std::string name = tokenizer_class(sources);
  if (name.empty()) return convert_as_it_is(sources);
  const auto converter = std::ranges::find(kConverters, name, &Converter::tokenizer_class);
  if (converter == kConverters.end()) {
    fail(ErrorCode::unsupported, sources.directory.string(), ": transformers opens its tokenizer as a ", name,
         ", which this version does not know");
  }
  if (converter->needs_tokenizer_json && sources.tokenizer.is_null()) {
    fail(ErrorCode::unsupported, sources.directory.string(), ": has no tokenizer.json, and how to make one for ", name,
         " is not known to this version; save the tokenizer once more with Python's transformers");
  }
  return converter->convert(sources);
}

}  // namespace

Json convert_tokenizer(TokenizerSources& sources) {
  Json tokenizer = convert_as_class(sources);
  // Not of the format: special tokens in texts are text.
  if (sources.option("split_special_tokens", false)) tokenizer["encode_special_tokens"] = true;
  return tokenizer;
}

}  // namespace sbert::text
