#include "model/model_files.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <string>
#include <unistd.h>

#include "base/fail.h"
#include "base/files.h"
#include "base/fresh_entry.h"
#include "base/json.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;

constexpr const char* kModules = "modules.json";
constexpr const char* kModelConfig = "config_sentence_transformers.json";
constexpr const char* kLasting = ".model";

bool is_between(std::string_view name, std::string_view begin, std::string_view end) {
  return name.size() >= begin.size() + end.size() && name.starts_with(begin) && name.ends_with(end);
}

/// As Python and the releases before call a module's directory: "1_Pooling", "0_BERT".
bool is_module_name(std::string_view name) {
  const size_t digits = std::min(name.find_first_not_of("0123456789"), name.size());
  return digits > 0 && digits + 1 < name.size() && name[digits] == '_' &&
         std::isupper(static_cast<unsigned char>(name[digits + 1])) != 0;
}

/// A module of a Router's route: "query_0_Transformer".
bool is_part_name(std::string_view name) {
  for (size_t end = name.find('_'); end != std::string_view::npos; end = name.find('_', end + 1)) {
    if (is_module_name(name.substr(end + 1))) return true;
  }
  return false;
}

void list_files(const fs::path& root, const fs::path& below, bool (*is_wanted)(std::string_view),
                std::vector<fs::path>& files) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(root / below, error)) {
    const std::string name = entry.path().filename().string();
    if (is_wanted(name) && !entry.is_directory(error)) files.push_back(below / name);
  }
}

/// With the directories of a Router's modules.
void list_module(const fs::path& root, const fs::path& below, std::vector<fs::path>& files) {
  list_files(root, below, is_model_file, files);
  std::error_code error;
  if (!fs::exists(root / below / "router_config.json", error)) return;
  for (const auto& entry : fs::directory_iterator(root / below, error)) {
    const std::string name = entry.path().filename();
    if (entry.is_directory(error) && is_part_name(name)) list_files(root, below / name, is_model_file, files);
  }
}

/// Those that modules.json names, as far as it can be read, and those that are called like modules.
std::vector<fs::path> module_directories(const fs::path& directory) {
  std::vector<fs::path> modules;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    if (entry.is_directory(error) && is_module_name(entry.path().filename().string()))
      modules.push_back(entry.path().filename());
  }
  try {
    for (const Json& module : read_json_file(directory / kModules)) {
      const fs::path path = fs::path(json_value<std::string>(module, "path", "", kModules)).lexically_normal();
      const bool is_below = !path.empty() && path.is_relative() && *path.begin() != ".." && path != ".";
      if (is_below && std::ranges::find(modules, path) == modules.end()) modules.push_back(path);
    }
  } catch (const Error&) {
    // Nobody opens such a model.
  }
  return modules;
}

std::vector<fs::path> list_all_files(const fs::path& directory) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    if (!entry.is_directory()) files.push_back(entry.path().lexically_relative(directory));
  }
  return files;
}

/// modules.json of a model whose modules lie in `below`.
std::string modules_in(const fs::path& below, const fs::path& modules) {
  OrderedJson list = parse_ordered_json(read_regular_file(modules), modules.string());
  for (OrderedJson& module : list) {
    const fs::path path = below / module.at("path").get<std::string>();
    module["path"] = (path / "").parent_path().string();
  }
  return list.dump(2) + "\n";
}

/// A model in a directory that killed processes leave only where modules.json names it.
fs::path give_lasting_name(const fs::path& fresh) {
  const fs::path lasting = fs::path(fresh).replace_extension(kLasting);
  if (::rename(fresh.c_str(), lasting.c_str()) != 0) {
    fail(ErrorCode::io, fresh.string(), ": cannot rename: ", std::strerror(errno));
  }
  return lasting;
}

void remove_lasting(const fs::path& target, const std::string& begin) {
  std::vector<fs::path> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(target, error)) {
    if (is_between(entry.path().filename().string(), begin, kLasting)) found.push_back(entry.path());
  }
  for (const fs::path& path : found)
    fs::remove_all(path, error);
}

}  // namespace

bool is_model_file(std::string_view name) {
  constexpr std::array<std::string_view, 28> kNames{kModules,
                                                    kModelConfig,
                                                    "config.json",
                                                    "router_config.json",
                                                    "wordembedding_config.json",
                                                    "whitespacetokenizer_config.json",
                                                    "phrasetokenizer_config.json",
                                                    "cnn_config.json",
                                                    "lstm_config.json",
                                                    "adapter_config.json",
                                                    "preprocessor_config.json",
                                                    "tokenizer.json",
                                                    "tokenizer_config.json",
                                                    "special_tokens_map.json",
                                                    "added_tokens.json",
                                                    "unigram.json",
                                                    "vocab.txt",
                                                    "vocab.json",
                                                    "merges.txt",
                                                    "sentencepiece.bpe.model",
                                                    "spiece.model",
                                                    "tokenizer.model",
                                                    "model.safetensors.index.json",
                                                    "pytorch_model.bin.index.json",
                                                    "tf_model.h5",
                                                    "flax_model.msgpack",
                                                    "rust_model.ot",
                                                    "model.onnx"};
  return std::ranges::find(kNames, name) != kNames.end() || is_between(name, "sentence_", "_config.json") ||
         is_between(name, "model", ".safetensors") || is_between(name, "adapter_model", ".safetensors") ||
         is_between(name, "pytorch_model", ".bin");
}

std::vector<fs::path> list_model_files(const fs::path& directory) {
  std::vector<fs::path> files;
  list_module(directory, "", files);
  for (const fs::path& module : module_directories(directory))
    list_module(directory, module, files);
  list_files(
      directory, "onnx", [](std::string_view name) { return is_between(name, "model", ".onnx"); }, files);
  list_files(
      directory, "openvino", [](std::string_view name) { return name.starts_with("openvino_model"); }, files);
  return files;
}

void replace_model(const fs::path& fresh, const fs::path& target) {
  std::vector<fs::path> stale = list_model_files(target);
  const std::vector<fs::path> old_modules = module_directories(target);
  const fs::path lasting = give_lasting_name(fresh);
  write_file_atomically(target / kModules, modules_in(lasting.filename(), lasting / kModules));
  std::vector<fs::path> files = list_all_files(lasting);
  // What holds for all modules comes first.
  std::stable_partition(files.begin(), files.end(), [](const fs::path& file) { return file == kModelConfig; });
  for (const fs::path& file : files) {
    if (file != kModules) share_file(lasting / file, target / file);
  }
  for (const fs::path& module : module_directories(lasting))
    fs::create_directories(target / module);
  for (const fs::path& file : stale) {
    if (std::ranges::find(files, file) == files.end()) fs::remove(target / file);
  }
  sync_directory(target);
  share_file(lasting / kModules, target / kModules);
  sync_directory(target);
  for (const fs::path& module : old_modules) {
    if (!fs::exists(lasting / module)) ::rmdir((target / module).c_str());  // unless somebody's files are there
  }
  // Also what a process that was killed on the way here had named.
  const std::string name = lasting.filename().string();
  remove_lasting(target, name.substr(0, name.rfind('-') + 1));
}

}  // namespace sbert
