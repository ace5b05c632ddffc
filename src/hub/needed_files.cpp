#include "hub/needed_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

namespace sbert::hub {
namespace {

namespace fs = std::filesystem;

/// Directories with the weights for something else.
constexpr std::array kOtherDirectories{"onnx", "openvino", "coreml", "tflite", "gguf", "runs"};
/// Extensions of weights for something else, and of what is not for programs.
constexpr std::array kOtherExtensions{".onnx",    ".onnx_data", ".h5",   ".msgpack", ".ot",  ".tflite", ".gguf",
                                      ".mlmodel", ".ckpt",      ".pth",  ".xml",     ".png", ".jpg",    ".jpeg",
                                      ".gif",     ".svg",       ".webp", ".pdf",     ".zip", ".gz",     ".ipynb"};

template <class List>
bool has(const List& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_safetensors(const fs::path& path) {
  return path.extension() == ".safetensors";
}

/// pytorch_model.bin, pytorch_model-00001-of-00002.bin, pytorch_model.bin.index.json
bool is_pickled_weights(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.starts_with("pytorch_model") && name.find(".bin") != std::string::npos;
}

}  // namespace

std::vector<RepoFile> needed_files(const std::vector<RepoFile>& files) {
  std::set<fs::path> with_safetensors;
  for (const RepoFile& file : files) {
    if (is_safetensors(file.path)) with_safetensors.insert(fs::path(file.path).parent_path());
  }
  std::vector<RepoFile> needed;
  for (const RepoFile& file : files) {
    const fs::path path(file.path);
    const std::string first = path.begin()->string();
    if (path.has_parent_path() && (first.starts_with('.') || has(kOtherDirectories, first))) continue;
    if (has(kOtherExtensions, path.extension().string())) continue;
    if (is_pickled_weights(path) && with_safetensors.contains(path.parent_path())) continue;
    needed.push_back(file);
  }
  return needed;
}

}  // namespace sbert::hub
