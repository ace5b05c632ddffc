#include "hub/cache.h"

#include <algorithm>
#include <cstdlib>

#include "base/fail.h"
#include "base/files.h"

namespace sbert::hub {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> environment_path(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return fs::path(value);
}

bool is_model_id(const std::string& id) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.' || c == '/';
  };
  return !id.empty() && std::all_of(id.begin(), id.end(), allowed) && std::count(id.begin(), id.end(), '/') <= 1 &&
         id.front() != '/' && id.front() != '.' && id.back() != '/' && id.find("..") == std::string::npos;
}

}  // namespace

fs::path cache_directory() {
  if (const auto path = environment_path("HF_HUB_CACHE")) return *path;
  if (const auto path = environment_path("HF_HOME")) return *path / "hub";
  if (const auto path = environment_path("XDG_CACHE_HOME")) return *path / "huggingface" / "hub";
  return environment_path("HOME").value_or(".") / ".cache" / "huggingface" / "hub";
}

std::optional<fs::path> find_cached_model(const std::string& id, const std::string& revision) {
  if (!is_model_id(id)) return std::nullopt;
  std::string folder = "models--" + id;
  if (const size_t slash = folder.find('/'); slash != std::string::npos) folder.replace(slash, 1, "--");
  const fs::path root = cache_directory() / folder;
  const fs::path reference = root / "refs" / revision;
  std::error_code ignored;
  if (!fs::is_regular_file(reference, ignored)) return std::nullopt;
  std::string commit = read_file(reference, 1024);
  commit.erase(std::find_if_not(commit.begin(), commit.end(), [](unsigned char c) { return std::isxdigit(c) != 0; }),
               commit.end());
  const fs::path snapshot = root / "snapshots" / commit;
  if (commit.empty() || !fs::is_directory(snapshot, ignored)) return std::nullopt;
  return snapshot;
}

fs::path resolve_model(const std::string& model) {
  std::error_code ignored;
  if (fs::is_directory(model, ignored)) return model;
  const bool bare = model.find('/') == std::string::npos;
  const std::string id = bare ? "sentence-transformers/" + model : model;
  if (const auto cached = find_cached_model(id)) return *cached;
  if (fs::exists(model, ignored)) {
    fail(ErrorCode::not_found, model, ": a model is a directory, and this is a file");
  }
  fail(ErrorCode::not_found, model, ": no such directory",
       is_model_id(id) ? ", and no model '" + id + "' in the Hugging Face cache " + cache_directory().string()
                       : std::string());
}

}  // namespace sbert::hub
