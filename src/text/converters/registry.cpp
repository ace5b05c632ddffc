#include "text/converters/registry.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/files.h"

namespace sbert::text {

namespace {

using Convert = Json (*)(TokenizerSources& sources);

struct ConverterEntry {
  std::string_view tokenizer_class;
  Convert convert;
  std::string_view model;  // the type that the class builds; it does not take vocabularies of another
};

constexpr std::array kConverters = {
    ConverterEntry{"BertTokenizer", convert_bert, "WordPiece"},
    ConverterEntry{"DistilBertTokenizer", convert_bert, "WordPiece"},
    ConverterEntry{"ElectraTokenizer", convert_bert, "WordPiece"},
    ConverterEntry{"MobileBertTokenizer", convert_bert, "WordPiece"},
    ConverterEntry{"MPNetTokenizer", convert_mpnet, "WordPiece"},
    ConverterEntry{"RobertaTokenizer", convert_roberta, "BPE"},
    ConverterEntry{"GPT2Tokenizer", convert_gpt2, "BPE"},
    ConverterEntry{"CLIPTokenizer", convert_clip, "BPE"},
    ConverterEntry{"XLMRobertaTokenizer", convert_xlm_roberta, "Unigram"},
    ConverterEntry{"CamembertTokenizer", convert_camembert, "Unigram"},
    ConverterEntry{"T5Tokenizer", convert_t5, "Unigram"},
    ConverterEntry{"LlamaTokenizer", convert_llama, "BPE"},
};

/// The classes of models, by the `model_type` of config.json.
constexpr std::array<std::pair<std::string_view, std::string_view>, 15> kClasses = {{
    {"bert", "BertTokenizer"},
    {"distilbert", "BertTokenizer"},
    {"electra", "BertTokenizer"},
    {"mobilebert", "BertTokenizer"},
    {"mpnet", "MPNetTokenizer"},
    {"roberta", "RobertaTokenizer"},
    {"gpt2", "GPT2Tokenizer"},
    {"clip", "CLIPTokenizer"},
    {"clip_text_model", "CLIPTokenizer"},
    {"xlm-roberta", "XLMRobertaTokenizer"},
    {"camembert", "CamembertTokenizer"},
    {"t5", "T5Tokenizer"},
    {"mt5", "T5Tokenizer"},
    {"llama", "LlamaTokenizer"},
    {"modernbert", "TokenizersBackend"},
}};

constexpr std::array<std::string_view, 4> kBackendClasses = {"TokenizersBackend", "PreTrainedTokenizerFast",
                                                             "PreTrainedTokenizer", "BloomTokenizer"};

/// Of classes that are whatever their tokenizer.json says.
bool is_backend(std::string_view tokenizer_class) {
  return std::ranges::count(kBackendClasses, tokenizer_class) > 0;
}

std::string without_fast(std::string name) {
  constexpr std::string_view suffix = "Fast";
  if (name.ends_with(suffix) && !is_backend(name)) name.resize(name.size() - suffix.size());
  return name;
}

/// As transformers' AutoTokenizer finds it; empty if nothing tells.
std::string class_of(const TokenizerSources& sources) {
  const auto config_file = sources.directory / "config.json";
  const Json config = file_exists(config_file) ? read_json_file(config_file) : Json::object();
  const std::string where = config_file.string();
  auto named = sources.option<std::string>("tokenizer_class", "");
  if (named.empty()) named = json_value<std::string>(config, "tokenizer_class", "", where);
  named = without_fast(named);
  const auto type = json_value<std::string>(config, "model_type", "", where);
  const auto registered = std::ranges::find(kClasses, type, [](const auto& entry) { return entry.first; });
  if (registered == kClasses.end()) return named;
  return named.empty() || is_backend(registered->second) ? std::string(registered->second) : named;
}

/// Whether the directory's tokenizer.json, if it has one, has a model of that type; early files do not tell.
bool has_model(const TokenizerSources& sources, std::string_view type) {
  if (sources.tokenizer.is_null()) return true;
  if (!sources.tokenizer.is_object()) return false;
  const auto model = sources.tokenizer.find("model");
  if (model == sources.tokenizer.end() || !model->is_object()) return false;
  const auto named = model->find("type");
  return named == model->end() || *named == type;
}

}  // namespace

Json convert_tokenizer(TokenizerSources& sources) {
  const std::string name = class_of(sources);
  const auto entry = std::ranges::find(kConverters, name, &ConverterEntry::tokenizer_class);
  if (entry != kConverters.end() && has_model(sources, entry->model)) return entry->convert(sources);
  const bool has_file = !sources.tokenizer.is_null();
  if (!has_file && !sources.has("tokenizer.model")) {
    const std::string place = sources.directory.string();
    if (name.empty() || is_backend(name)) {
      fail(ErrorCode::not_found, place,
           ": has no tokenizer.json; fetch it, or save the tokenizer once more with Python's transformers");
    }
    fail(ErrorCode::unsupported, place, ": has no tokenizer.json, and how to make one for ", name,
         " is not known to this version; save the tokenizer once more with Python's transformers");
  }
  return convert_backend(sources);
}

}  // namespace sbert::text
