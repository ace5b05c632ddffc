#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "hub/repo.h"

namespace sbert::hub {

/// Where the Hub is, where its files are kept, and who asks: what the environment says, in the variables of Python's
/// huggingface_hub.
struct Settings {
  std::string endpoint = "https://huggingface.co";  ///< HF_ENDPOINT, without a slash at the end
  std::filesystem::path cache;                      ///< HF_HUB_CACHE, else hub/ in HF_HOME, else ~/.cache/huggingface
  std::filesystem::path model_cache{};              ///< SENTENCE_TRANSFORMERS_HOME; empty: models are in `cache`, too
  std::filesystem::path token_file;                 ///< HF_TOKEN_PATH, else token in HF_HOME
  std::string token;                                ///< HF_TOKEN, else what token_file holds; may be empty
  std::string token_source;                         ///< "HF_TOKEN", or the file's name
  bool offline = false;                             ///< HF_HUB_OFFLINE: only the cache counts
  bool symlinks = true;                             ///< not HF_HUB_DISABLE_SYMLINKS
  std::chrono::seconds connect_timeout{10};         ///< HF_HUB_ETAG_TIMEOUT
  std::chrono::seconds silence_timeout{10};         ///< HF_HUB_DOWNLOAD_TIMEOUT: without a byte for so long
  std::chrono::milliseconds second{1000};           ///< how long a second of waiting takes; tests shorten it

  const std::filesystem::path& cache_of(RepoKind kind) const {
    return kind == RepoKind::model && !model_cache.empty() ? model_cache : cache;
  }

  /// THROWS: invalid_argument naming the variable.
  static Settings from_environment();
};

/// A token as it is sent: without spaces and line ends around it.
std::string clean_token(const std::string& text);

}  // namespace sbert::hub
