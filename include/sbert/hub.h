#pragma once

#include <filesystem>
#include <string>

#include <sbert/progress.h>

namespace sbert {

// The Hugging Face Hub: models come from it and go to it. Everything here obeys the environment variables of Python's
// huggingface_hub: HF_TOKEN, HF_ENDPOINT, HF_HOME, HF_HUB_CACHE, HF_HUB_OFFLINE and the usual ones for proxies. Files
// are kept in the cache that Python's tools share. Safe to call from many threads and processes at once.

/// How a model that is not in the Hugging Face cache yet gets there.
struct LoadOptions {
  std::string revision{};         ///< A branch, tag or commit of the Hub; as "@revision" behind the model's name.
  bool local_files_only = false;  ///< Only what the cache has, as HF_HUB_OFFLINE=1 has it for everything.
  ProgressCallback progress{};
  NoticeCallback notice{};
};

struct PullOptions {
  std::string revision{};  ///< A branch, tag or commit; default: "main".
  bool all_files = false;  ///< Also what no sentence-transformer needs: ONNX, OpenVINO, TensorFlow, pictures, ...
  ProgressCallback progress{};
  NoticeCallback notice{};
};

/// Brings a model of the Hub ("org/name", "org/name@revision"; a bare "name" means "sentence-transformers/name" if
/// there is one) up to date in the cache, and returns its directory there. Downloads go on where an earlier one broke
/// off, and every file is checked against the Hub's hash. With HF_HUB_OFFLINE=1: what the cache has. THROWS: not_found
/// (no such model, or a private one), access_denied (a bad token, a gated model), network, corrupt_data (what came is
/// not what the Hub lists), io (the disk is full).
std::filesystem::path pull(const std::string& model, const PullOptions& options = {});

}  // namespace sbert
