#include "model/plain_checkpoint.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/fail.h"
#include "base/files.h"
#include "base/json.h"
#include "model/load.h"
#include "nn/normalize.h"
#include "nn/pooling.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;

struct Head {
  std::string_view ending;  ///< of the class that config.json calls its architecture
  std::string_view purpose;
};

/// Heads of language models (ForMaskedLM, ForPreTraining, ...) are not among them: encoders that nobody trained for
/// anything else yet.
constexpr std::array<Head, 6> kHeads{{
    {"ForSequenceClassification", "gives scores or classes to texts, as rerankers do"},
    {"ForTokenClassification", "gives classes to tokens"},
    {"ForQuestionAnswering", "finds answers in texts"},
    {"ForMultipleChoice", "chooses among texts"},
    {"ForNextSentencePrediction", "tells whether one text follows another"},
    {"ColBERT", "compares texts token by token"},
}};

/// The class that the checkpoint was saved from; empty: nobody knows.
std::string architecture_of(const Json& config, const std::string& where) {
  const auto names = json_value<std::vector<std::string>>(config, "architectures", {}, where);
  return names.empty() ? "" : names.front();
}

/// Whether the CrossEncoder of sentence-transformers left its marks in config.json.
bool is_cross_encoder(const Json& config) {
  const auto settings = config.find("sentence_transformers");
  return config.contains("sbert_ce_default_activation_function") ||
         (settings != config.end() && settings->is_object() && settings->contains("activation_fn"));
}

[[noreturn]] void refuse(const std::string& where, std::string_view what, std::string_view purpose) {
  fail(ErrorCode::unsupported, where, ": ", what, " ", purpose,
       ", and is no model of sentence embeddings; to train one that begins with its encoder: --modules "
       "Transformer:DIRECTORY,Pooling:mean");
}

/// Whether there are weights of a classifier; what gives answers is one of tokens.
bool has_classifier(const fs::path& directory) {
  if (!TensorFiles::exist(directory)) return false;
  const auto files = TensorFiles::open(directory);
  return std::ranges::any_of(files->tensors(), [](const StoredTensor& tensor) {
    return tensor.name.starts_with("classifier.") || tensor.name.starts_with("qa_outputs.");
  });
}

void refuse_other_purposes(const fs::path& directory, const Json& config, const std::string& architecture,
                           const std::string& where) {
  if (is_cross_encoder(config)) refuse(where, "a CrossEncoder", "gives scores to pairs of texts");
  for (const Head& head : kHeads) {
    if (architecture.ends_with(head.ending)) refuse(where, architecture, head.purpose);
  }
  if (architecture.empty() && has_classifier(directory))
    refuse(where, "a checkpoint with a classifier", "gives classes");
}

/// A decoder's last token has seen the whole text, its others have not.
models::PoolingMode pooling_for(const Json& config, const std::string& architecture, const std::string& where) {
  const bool causal = architecture.ends_with("ForCausalLM") && json_value(config, "is_causal", true, where);
  return causal ? models::PoolingMode::lasttoken : models::PoolingMode::mean;
}

std::vector<LoadedModule> load_model2vec(const fs::path& directory, const Json& config, const std::string& where) {
  std::vector<LoadedModule> modules{load_module("StaticEmbedding", directory, directory.string())};
  if (json_value(config, "normalize", false, where)) modules.push_back({std::make_shared<nn::Normalize>()});
  return modules;
}

/// model2vec's early files do not say what they are.
bool is_model2vec(const fs::path& directory, const Json& config, const std::string& where) {
  const auto type = json_value<std::string>(config, "model_type", "", where);
  if (!type.empty()) return type == "model2vec";
  return TensorFiles::exist(directory) && TensorFiles::open(directory)->find("embeddings") != nullptr;
}

}  // namespace

std::vector<LoadedModule> load_plain_checkpoint(const fs::path& directory, const NoticeCallback& notice) {
  const fs::path path = directory / "config.json";
  if (!is_there(path)) {
    fail(ErrorCode::not_found, directory.string(), ": is no model: it has neither modules.json nor config.json");
  }
  const std::string where = path.string();
  const Json config = read_json_file(path);
  if (is_model2vec(directory, config, where)) return load_model2vec(directory, config, where);
  const std::string architecture = architecture_of(config, where);
  refuse_other_purposes(directory, config, architecture, where);

  std::vector<LoadedModule> modules{load_module("Transformer", directory, directory.string())};
  const int64_t hidden = modules.front().module->dimensions({}).tokens;
  const models::PoolingMode pooling = pooling_for(config, architecture, where);
  modules.push_back({std::make_shared<nn::Pooling>(hidden, std::vector{pooling})});
  if (notice) {
    notice(concat("has no modules.json, so ", pooling == models::PoolingMode::mean ? "mean" : "last-token",
                  " pooling was taken; perhaps nobody trained it for sentence embeddings"));
  }
  return modules;
}

}  // namespace sbert
