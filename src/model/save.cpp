#include "model/save.h"

#include <string>

#include "base/directories.h"
#include "base/files.h"
#include "base/json.h"
#include "base/version.h"
#include "model/card_file.h"
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

void write_module(const LoadedModule& loaded, const fs::path& directory, StoredDType dtype) {
  fs::create_directories(directory);  // Normalize has a directory without files
  if (const auto* input = dynamic_cast<const nn::InputModule*>(loaded.module.get())) {
    for (const auto& [name, bytes] : input->files())
      write_file_atomically(directory / name, name == "config.json" ? with_dtype(bytes, dtype) : bytes);
  }
  const std::string config_file = loaded.module->config_file();
  if (!config_file.empty()) write_json(directory / config_file, loaded.module->config());
  if (const auto* router = dynamic_cast<const nn::Router*>(loaded.module.get())) {
    for (size_t i = 0; i < loaded.parts.size(); ++i)
      write_module(loaded.parts[i], directory / router->parts()[i].name, dtype);
  } else {
    save_weights(loaded, directory / "model.safetensors", dtype);
  }
}

bool is_in_root(const ModelImplementation& model, size_t module) {
  return module == 0 && model.input().save_in_root();
}

}  // namespace

void write_model(const ModelImplementation& model, const fs::path& directory, StoredDType dtype) {
  OrderedJson list = OrderedJson::array();
  for (size_t i = 0; i < model.modules().size(); ++i) {
    const std::string type = model.modules()[i].module->type();
    const std::string path = is_in_root(model, i) ? "" : std::to_string(i) + "_" + type;
    list.push_back(
        {{"idx", i}, {"name", std::to_string(i)}, {"path", path}, {"type", "sentence_transformers.models." + type}});
    write_module(model.modules()[i], path.empty() ? directory : directory / path, dtype);
  }
  write_json(directory / "config_sentence_transformers.json", model_config(model));
  write_json(directory / "modules.json", list);
}

void save_model(const ModelImplementation& model, const fs::path& directory) {
  write_directory_atomically(directory, [&](const fs::path& fresh) {
    write_model(model, fresh, StoredDType::f32);
    write_card(model.card, fresh, directory);
  });
}

}  // namespace sbert
