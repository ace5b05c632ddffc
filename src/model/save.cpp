#include "model/save.h"

#include <string>

#include "base/directories.h"
#include "base/fail.h"
#include "base/files.h"
#include "base/json.h"
#include "base/version.h"
#include "model/card_file.h"
#include "model/model_files.h"
#include "model/weights.h"
#include "nn/router.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;

void write_json(const fs::path& path, const OrderedJson& json) {
  write_file_atomically(path, json.dump(2) + "\n");
}

OrderedJson model_config(const ModelImplementation& model) {
  OrderedJson config{{"model_type", "SentenceTransformer"}, {"__version__", {{"sbert.cpp", version()}}}};
  config["prompts"] = model.prompts;
  config["default_prompt_name"] =
      model.default_prompt_name ? OrderedJson(*model.default_prompt_name) : OrderedJson(nullptr);
  config["similarity_fn_name"] = std::string(to_string(model.similarity_function));
  if (model.truncate_dim != 0) config["truncate_dim"] = model.truncate_dim;
  return config;
}

/// config.json of Hugging Face, saying what the weights are now.
std::string with_dtype(const std::string& bytes, StoredDType dtype) {
  OrderedJson config = parse_ordered_json(bytes, "config.json");
  const std::string name(stored_type(dtype).torch_name);
  const bool said = config.contains("dtype") || config.contains("torch_dtype");
  if (!said && dtype != StoredDType::f32) config["torch_dtype"] = name;
  for (const char* key : {"dtype", "torch_dtype"}) {  // 5.x and 4.x of transformers
    if (config.contains(key)) config[key] = name;
  }
  return config.dump(2) + "\n";
}

void write_module(const LoadedModule& loaded, const fs::path& directory, StoredDType dtype,
                  const std::function<void()>& on_tensor) {
  fs::create_directories(directory);  // Normalize has a directory without files
  if (const auto* input = dynamic_cast<const nn::InputModule*>(loaded.module.get())) {
    for (const auto& [name, bytes] : input->files())
      write_file_atomically(directory / name, name == "config.json" ? with_dtype(bytes, dtype) : bytes);
  }
  const std::string config_file = loaded.module->config_file();
  if (!config_file.empty()) write_json(directory / config_file, loaded.module->config());
  if (const auto* router = dynamic_cast<const nn::Router*>(loaded.module.get())) {
    for (size_t i = 0; i < loaded.parts.size(); ++i)
      write_module(loaded.parts[i], directory / router->parts()[i].name, dtype, on_tensor);
  } else {
    save_weights(loaded, directory / "model.safetensors", dtype, on_tensor);
  }
}

/// Relative to the model's.
std::string module_directory_name(const ModelImplementation& model, size_t module) {
  if (module == 0 && model.input().save_in_root()) return "";
  return std::to_string(module) + "_" + model.modules()[module].module->type();
}

/// THROWS: io if a directory has the name of a file of the model.
void require_no_directories(const fs::path& directory) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    if (entry.is_directory(error) && is_model_file(entry.path().filename().string())) {
      fail(ErrorCode::io, entry.path().string(), ": is a directory, where the model has a file; move it away");
    }
  }
}

}  // namespace

void write_model(const ModelImplementation& model, const fs::path& directory, StoredDType dtype,
                 const std::function<void()>& on_tensor) {
  OrderedJson list = OrderedJson::array();
  for (size_t i = 0; i < model.modules().size(); ++i) {
    const std::string type = model.modules()[i].module->type();
    const std::string path = module_directory_name(model, i);
    list.push_back(
        {{"idx", i}, {"name", std::to_string(i)}, {"path", path}, {"type", "sentence_transformers.models." + type}});
    write_module(model.modules()[i], path.empty() ? directory : directory / path, dtype, on_tensor);
  }
  write_json(directory / "config_sentence_transformers.json", model_config(model));
  write_json(directory / "modules.json", list);
}

void require_place_for_model(const ModelImplementation& model, const fs::path& directory) {
  require_no_directories(directory);
  for (size_t i = 0; i < model.modules().size(); ++i) {
    const fs::path module = directory / module_directory_name(model, i);
    if (file_exists(module) && !fs::is_directory(module)) {
      fail(ErrorCode::io, module.string(), ": is a file, where the model has a directory; move it away");
    }
    require_no_directories(module);
  }
}

void save_model(const ModelImplementation& model, const fs::path& directory) {
  const auto write = [&](const fs::path& fresh) {
    write_model(model, fresh, StoredDType::f32);
    write_card(model.card, fresh, directory);
  };
  if (!file_exists(directory)) return make_directory_atomically(directory, write);
  const fs::path target = follow_links(directory);
  if (!fs::is_directory(target))
    fail(ErrorCode::io, directory.string(), ": cannot write: Not a directory, as a model is");
  fill_directory(target, write, [&](const fs::path& fresh) { replace_model(fresh, target); });
}

}  // namespace sbert
