#include "text/converters/classes.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/files.h"

namespace sbert::text {

namespace {

struct ClassOfModels {
  std::string_view tokenizer_class;
  std::string_view model_types;  // with spaces between them
};

constexpr std::string_view kBackend = "TokenizersBackend";

/// TOKENIZER_MAPPING_NAMES of transformers, by class.
constexpr std::array kClassesOfModels = {
    ClassOfModels{"AlbertTokenizer", "albert yoso"},
    ClassOfModels{"BartTokenizer", "florence2"},
    ClassOfModels{"BarthezTokenizer", "barthez"},
    ClassOfModels{"BartphoTokenizer", "bartpho"},
    ClassOfModels{"BertGenerationTokenizer", "bert-generation"},
    ClassOfModels{"BertJapaneseTokenizer", "bert-japanese"},
    ClassOfModels{
        "BertTokenizer",
        "align bark bert blip bros chinese_clip convbert distilbert electra ernie flava git grounding-dino layoutlm "
        "megatron-bert mm-grounding-dino nezha nomic_bert qdqbert realm retribert squeezebert tvp vilt visual_bert"},
    ClassOfModels{"BertweetTokenizer", "bertweet"},
    ClassOfModels{"BigBirdTokenizer", "big_bird"},
    ClassOfModels{"BioGptTokenizer", "biogpt"},
    ClassOfModels{"BlenderbotSmallTokenizer", "blenderbot-small"},
    ClassOfModels{"BlenderbotTokenizer", "blenderbot"},
    ClassOfModels{"ByT5Tokenizer", "byt5"},
    ClassOfModels{"CLIPTokenizer",
                  "aimv2 clip clipseg groupvit omdet-turbo oneformer owlv2 owlvit sam3 sam3_video xclip"},
    ClassOfModels{"CTRLTokenizer", "ctrl"},
    ClassOfModels{"CamembertTokenizer", "camembert"},
    ClassOfModels{"CanineTokenizer", "canine"},
    ClassOfModels{"ClvpTokenizer", "clvp"},
    ClassOfModels{"CodeLlamaTokenizer", "code_llama"},
    ClassOfModels{"CohereTokenizer", "aya_vision cohere cohere2"},
    ClassOfModels{"CpmAntTokenizer", "cpmant"},
    ClassOfModels{"CpmTokenizer", "cpm"},
    ClassOfModels{"DPRQuestionEncoderTokenizer", "dpr"},
    ClassOfModels{"DebertaTokenizer", "deberta"},
    ClassOfModels{"DebertaV2Tokenizer", "deberta-v2"},
    ClassOfModels{"DiaTokenizer", "dia"},
    ClassOfModels{"EsmTokenizer", "esm"},
    ClassOfModels{"EsmcTokenizer", "esmc esmfold2"},
    ClassOfModels{"FNetTokenizer", "fnet"},
    ClassOfModels{"FSMTTokenizer", "fsmt"},
    ClassOfModels{"FastSpeech2ConformerTokenizer", "fastspeech2_conformer"},
    ClassOfModels{"FlaubertTokenizer", "flaubert"},
    ClassOfModels{"FunnelTokenizer", "funnel"},
    ClassOfModels{
        "GPT2Tokenizer",
        "blip-2 codegen dbrx emu3 gpt2 gpt_neo gptj hyperclovax_vision_v2 instructblip instructblipvideo jais2 opt phi "
        "starcoder2"},
    ClassOfModels{"GPTNeoXJapaneseTokenizer", "gpt_neox_japanese"},
    ClassOfModels{"GPTNeoXTokenizer", "falcon_mamba gpt_neox mamba mamba2 mpt olmo olmoe rwkv xlstm"},
    ClassOfModels{"GPTSw3Tokenizer", "gpt-sw3"},
    ClassOfModels{"GemmaTokenizer",
                  "diffusion_gemma gemma gemma2 gemma3 gemma3_text gemma3n gemma3n_text recurrent_gemma shieldgemma2 "
                  "t5gemma zaya"},
    ClassOfModels{"HerbertTokenizer", "herbert"},
    ClassOfModels{"LEDTokenizer", "led"},
    ClassOfModels{"LasrTokenizer", "lasr_ctc lasr_encoder"},
    ClassOfModels{"LayoutLMv2Tokenizer", "layoutlmv2"},
    ClassOfModels{"LayoutLMv3Tokenizer", "layoutlmv3"},
    ClassOfModels{"LayoutXLMTokenizer", "layoutxlm"},
    ClassOfModels{"LlamaTokenizer", "idefics idefics2"},
    ClassOfModels{"LukeTokenizer", "luke"},
    ClassOfModels{"LxmertTokenizer", "lxmert"},
    ClassOfModels{"M2M100Tokenizer", "m2m_100"},
    ClassOfModels{"MBart50Tokenizer", "mbart50"},
    ClassOfModels{"MBartTokenizer", "mbart"},
    ClassOfModels{"MLukeTokenizer", "mluke"},
    ClassOfModels{"MPNetTokenizer", "mpnet"},
    ClassOfModels{"MarianTokenizer", "marian"},
    ClassOfModels{"MarkupLMTokenizer", "markuplm"},
    ClassOfModels{"MgpstrTokenizer", "mgp-str"},
    ClassOfModels{"MobileBertTokenizer", "mobilebert"},
    ClassOfModels{"MvpTokenizer", "mvp"},
    ClassOfModels{"MyT5Tokenizer", "myt5"},
    ClassOfModels{"NllbTokenizer", "nllb nllb-moe"},
    ClassOfModels{"NougatTokenizer", "nougat pp_formulanet"},
    ClassOfModels{"OpenAIGPTTokenizer", "openai-gpt"},
    ClassOfModels{"PLBartTokenizer", "plbart"},
    ClassOfModels{"ParakeetTokenizer",
                  "granite_speech5_ctc nemotron3_5_asr nemotron_asr_streaming parakeet_ctc parakeet_rnnt parakeet_tdt"},
    ClassOfModels{"PegasusTokenizer", "pegasus"},
    ClassOfModels{"PerceiverTokenizer", "perceiver"},
    ClassOfModels{"PhobertTokenizer", "phobert"},
    ClassOfModels{"ProphetNetTokenizer", "prophetnet"},
    ClassOfModels{
        "Qwen2Tokenizer",
        "audioflamingo3 colqwen2 cosmos3_omni dots3_note fun_asr_nano hunyuan_vl internvl lighton_ocr "
        "moss_transcribe_diarize ovis2 qianfan_ocr qwen2 qwen2_5_omni qwen2_5_vl qwen2_audio qwen2_moe qwen2_vl qwen3 "
        "qwen3_asr qwen3_moe qwen3_next qwen3_omni_moe qwen3_vl qwen3_vl_moe vibevoice"},
    ClassOfModels{"Qwen3_5Tokenizer", "qwen3_5 qwen3_5_moe qwen3_5_moe_text qwen3_5_text qwen4_exp"},
    ClassOfModels{"RagTokenizer", "rag"},
    ClassOfModels{"ReformerTokenizer", "reformer"},
    ClassOfModels{"RemBertTokenizer", "rembert"},
    ClassOfModels{"RoCBertTokenizer", "roc_bert"},
    ClassOfModels{"RoFormerTokenizer", "roformer"},
    ClassOfModels{"RobertaTokenizer",
                  "bart bridgetower clap data2vec-text ibert lilt longformer mega mra roberta roberta-prelayernorm"},
    ClassOfModels{"SeamlessM4TTokenizer", "seamless_m4t seamless_m4t_v2"},
    ClassOfModels{"Siglip2Tokenizer", "siglip2"},
    ClassOfModels{"SiglipTokenizer", "siglip"},
    ClassOfModels{"Speech2TextTokenizer", "speech_to_text"},
    ClassOfModels{"SpeechT5Tokenizer", "speecht5"},
    ClassOfModels{"SplinterTokenizer", "splinter"},
    ClassOfModels{"T5Tokenizer", "mt5 musicgen musicgen_melody switch_transformers t5"},
    ClassOfModels{"TapasTokenizer", "tapas"},
    ClassOfModels{"Tipsv2Tokenizer", "tipsv2"},
    ClassOfModels{
        kBackend,
        "EvollaModel aria beam bigbird_pegasus canary flex_olmo glm glm4 glm4_moe glm4_moe_lite glm4v glm4v_moe "
        "glm_image glmasr got_ocr2 gpt_bigcode gradium_phonon_tts granite granitemoe granitemoehybrid "
        "granitemoeshared kimi_k25 kimi_linear kosmos-2 mimo_v2_flash minicpm_ocr minicpmv4_6 minicpmv4_7 ministral "
        "ministral3 mistral mistral3 mistral_large4 mixtral nemo_speechlm nystromformer olmo2 olmo3 olmo_hybrid "
        "pegasus_x persimmon pix2struct pixtral pocket_tts stablelm umt5 voxtral voxtral_realtime xlm-roberta-xl"},
    ClassOfModels{"UdopTokenizer", "udop"},
    ClassOfModels{"VideoPrismTokenizer", "videoprism"},
    ClassOfModels{"VitsTokenizer", "vits"},
    ClassOfModels{"Wav2Vec2CTCTokenizer",
                  "data2vec-audio hubert unispeech unispeech-sat wav2vec2 wav2vec2-bert wav2vec2-conformer"},
    ClassOfModels{"Wav2Vec2PhonemeCTCTokenizer", "wav2vec2_phoneme"},
    ClassOfModels{"WhisperTokenizer", "whisper"},
    ClassOfModels{"XGLMTokenizer", "xglm"},
    ClassOfModels{"XLMRobertaTokenizer", "gte jina_embeddings_v3 metaclip_2 trocr xlm-roberta xmod"},
    ClassOfModels{"XLMTokenizer", "xlm"},
    ClassOfModels{"XLNetTokenizer", "xlnet"},
};

/// MODELS_WITH_INCORRECT_HUB_TOKENIZER_CLASS: what their tokenizer_config.json names is not believed.
constexpr std::string_view kMisnamed =
    "arctic chatlm ernie4_5 ernie4_5_moe fuyu h2ovl_chat hyperclovax hyperclovax_vlm hyperclovax_vision_v2 internlm2 "
    "internlm3 "
    "iquestcoder jamba llava llava_next minicpm3 minicpmv minimax_m2 modernbert modernbert-decoder molmo molmo2 "
    "nemotron nvfp4 "
    "opencua openvla paddleocr_vl phi3 phi3_v phimoe qwen2 qwen3_5 qwen3_5_moe qwen3_5_moe_text qwen4_exp step3_vl "
    "vipllava "
    "cohere_asr camembertv2-base siglip2 smolvlm";

/// Types that name a class only beside a tokenizer_class: transformers has no configuration of theirs.
constexpr std::string_view kWithoutConfiguration =
    "barthez bartpho bert-japanese bertweet byt5 code_llama cpm herbert mbart50 mega mluke myt5 nezha nllb phobert "
    "qdqbert realm retribert wav2vec2_phoneme";

/// Classes of transformers that are not among kClassesOfModels, and those that are it under another name.
constexpr std::string_view kFurtherClasses =
    "CodeGenTokenizer ConvBertTokenizer DPRContextEncoderTokenizer DPRReaderTokenizer DistilBertTokenizer "
    "ElectraTokenizer "
    "LayoutLMTokenizer LongformerTokenizer Phi3Tokenizer Pop2PianoTokenizer SqueezeBertTokenizer";
constexpr std::string_view kBackendNames = "BloomTokenizer PreTrainedTokenizer PythonBackend TokenizersBackend";

bool lists(std::string_view words, std::string_view word) {
  for (size_t at = 0; at < words.size();) {
    const size_t end = std::min(words.find(' ', at), words.size());
    if (words.substr(at, end - at) == word) return true;
    at = end + 1;
  }
  return false;
}

std::string_view class_of_model(std::string_view type) {
  const auto entry =
      std::ranges::find_if(kClassesOfModels, [&](const ClassOfModels& e) { return lists(e.model_types, type); });
  if (entry != kClassesOfModels.end()) return entry->tokenizer_class;
  return lists(kMisnamed, type) ? kBackend : std::string_view();
}

bool is_class_of_transformers(std::string_view name) {
  return lists(kFurtherClasses, name) ||
         std::ranges::count(kClassesOfModels, name, &ClassOfModels::tokenizer_class) > 0;
}

/// Whether the file has the word anywhere: transformers looks no closer.
bool speaks_of_byte_level(const TokenizerSources& sources) {
  return sources.has("tokenizer.json") &&
         read_regular_file(sources.directory / "tokenizer.json").find("\"ByteLevel\"") != std::string::npos;
}

bool brings_its_own_class(const TokenizerSources& sources) {
  const auto map = sources.config.find("auto_map");
  if (map == sources.config.end()) return false;
  return map->is_array() || (map->is_object() && !map->value("AutoTokenizer", Json()).is_null());
}

}  // namespace

std::string tokenizer_class(const TokenizerSources& sources) {
  const auto config_file = sources.directory / "config.json";
  const std::string where = config_file.string();
  const Json config = is_there(config_file) ? read_json_file(config_file) : Json::object();
  const auto type = json_value<std::string>(config, "model_type", "", where);
  const bool misnamed =
      lists(kMisnamed, type) || lists(kMisnamed, json_value<std::string>(config, "model_name", "", where));
  auto named = sources.option<std::string>("tokenizer_class", "");
  const bool unnamed_here = named.empty();
  if (unnamed_here) named = json_value<std::string>(config, "tokenizer_class", "", where);
  if (named.ends_with("Fast")) named.resize(named.size() - 4);

  const std::string of_model(class_of_model(type));
  std::string taken = named;
  if (named.empty()) taken = lists(kWithoutConfiguration, type) ? "" : of_model;
  if (brings_its_own_class(sources) && !misnamed) {
    if (of_model.empty() && !is_class_of_transformers(named)) {
      fail(ErrorCode::unsupported, sources.where(),
           ": 'auto_map' names a tokenizer in Python code of the model's own, which is not run");
    }
  } else if (named == "LlamaTokenizer" && !misnamed && speaks_of_byte_level(sources)) {
    taken.clear();
  } else if (!named.empty() && !of_model.empty() && named != of_model) {
    if (of_model == kBackend)
      taken.clear();
    else if (misnamed)
      taken = of_model;
  }
  if (unnamed_here && !named.empty() && of_model.empty() && !is_class_of_transformers(named) &&
      !lists(kBackendNames, named)) {
    fail(ErrorCode::unsupported, where, ": 'tokenizer_class' is ", named,
         ", which transformers does not have; name one that it has in tokenizer_config.json");
  }
  return is_class_of_transformers(taken) && !lists(kBackendNames, taken) ? taken : "";
}

}  // namespace sbert::text
