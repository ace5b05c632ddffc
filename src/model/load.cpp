#include "model/load.h"

#include <utility>

#include "base/fail.h"
#include "base/files.h"
#include "base/json.h"
#include "base/naming_file.h"
#include "model/card_file.h"
#include "model/plain_checkpoint.h"
#include "model/registry.h"
#include "model/weights.h"
#include "nn/transformer.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;

/// A module's directory as modules.json names it; it may not lead out of the model's.
fs::path module_directory(const fs::path& model, const std::string& relative, const std::string& where) {
  const fs::path path = fs::path(relative).lexically_normal();
  if (path.is_absolute() || (!path.empty() && *path.begin() == "..")) {
    fail(ErrorCode::corrupt_data, where, ": module path '", relative, "' leads out of the model's directory");
  }
  return relative.empty() ? model : model / path;
}

std::vector<LoadedModule> load_listed(const fs::path& directory, const fs::path& list_path) {
  const std::string where = list_path.string();
  const Json list = read_json_file(list_path);
  if (!list.is_array() || list.empty()) fail(ErrorCode::corrupt_data, where, ": should be a list of modules");
  std::vector<LoadedModule> modules;
  for (const Json& entry : list) {
    const auto type = json_required<std::string>(entry, "type", where);
    const auto path = module_directory(directory, json_required<std::string>(entry, "path", where), where);
    modules.push_back(load_module(class_of_library(type, where), path, where));
  }
  return modules;
}

/// What is said of the model as a whole; early releases have no such file.
Json read_model_config(const fs::path& path) {
  if (!is_there(path)) return Json::object();
  Json config = read_json_file(path);
  if (const auto type = json_value<std::string>(config, "model_type", "SentenceTransformer", path.string());
      type != "SentenceTransformer") {
    fail(ErrorCode::unsupported, path.string(), ": model_type '", type,
         "' is not supported; supported: SentenceTransformer");
  }
  return config;
}

void apply_model_config(ModelImplementation& model, const Json& config, const fs::path& path) {
  const std::string where = path.string();
  const Json prompts = json_value(config, "prompts", Json::object(), where);
  if (!prompts.is_object()) fail(ErrorCode::corrupt_data, where, ": 'prompts' should be an object");
  for (const auto& [name, prompt] : prompts.items())
    model.prompts[name] = json_value<std::string>(prompts, name.c_str(), "", where + ": prompts");
  if (const auto name = json_value<std::string>(config, "default_prompt_name", "", where); !name.empty()) {
    model.default_prompt_name = name;
  }
  const auto function = json_value<std::string>(config, "similarity_fn_name", "cosine", where);
  model.similarity_function = naming_file(where, [&] { return similarity_function_from_string(function); });
  const auto truncate = json_value<int64_t>(config, "truncate_dim", 0, where);
  if (truncate < 0) fail(ErrorCode::corrupt_data, where, ": 'truncate_dim' must be positive, not ", truncate);
  // As in Python, more than there is means all of it.
  if (truncate < model.embedding_dimension()) model.truncate_dim = static_cast<size_t>(truncate);
}

}  // namespace

LoadedModule load_module(const std::string& type, const fs::path& directory, const std::string& where) {
  LoadedModule loaded = open_module(type, directory, where);
  loaded.directory = directory;
  if (!loaded.parts.empty()) return loaded;  // they have the weights
  std::string prefix;
  if (const auto* transformer = dynamic_cast<const nn::Transformer*>(loaded.module.get())) {
    prefix = transformer->checkpoint_prefix();
  }
  load_weights(loaded, directory, prefix);
  return loaded;
}

std::shared_ptr<ModelImplementation> load_model(const fs::path& directory, const NoticeCallback& notice) {
  // First of all: models of other kinds have modules that are not known here.
  const fs::path config_path = directory / "config_sentence_transformers.json";
  const Json config = read_model_config(config_path);
  const fs::path list = directory / "modules.json";
  auto modules = is_there(list) ? load_listed(directory, list) : load_plain_checkpoint(directory, notice);
  auto model = naming_file(list.string(), [&] { return std::make_shared<ModelImplementation>(std::move(modules)); });
  model->source = directory;
  model->card = read_card(directory);
  apply_model_config(*model, config, config_path);
  return model;
}

}  // namespace sbert
