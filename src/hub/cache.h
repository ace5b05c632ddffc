#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace sbert::hub {

/// $HF_HUB_CACHE, else $HF_HOME/hub, else $XDG_CACHE_HOME/huggingface/hub, else ~/.cache/huggingface/hub.
std::filesystem::path cache_directory();

/// Directory of the cached snapshot of model `id` at `revision`, if the cache that Python tools share has it.
std::optional<std::filesystem::path> find_cached_model(const std::string& id, const std::string& revision = "main");

/// The directory that a MODEL argument means: a directory as it is, else the cached snapshot of a Hub id ("org/name"; a
/// bare "name" means "sentence-transformers/name"). THROWS: not_found, saying what was looked for and where.
std::filesystem::path resolve_model(const std::string& model);

}  // namespace sbert::hub
