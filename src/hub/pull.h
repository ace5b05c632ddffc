#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include <sbert/hub.h>

#include "base/fail.h"

namespace sbert::hub {

/// The directory that a MODEL argument means without asking anybody: a directory as it is, else the cached snapshot of
/// a Hub id. Nullopt if it has to come from the Hub. THROWS: invalid_argument if it can be neither.
std::optional<std::filesystem::path> find_model(const std::string& model, const std::string& revision = "");

/// Gets a model that is not there, or not whole. THROWS: as pull(); not_found if `options` or HF_HUB_OFFLINE forbid it.
std::filesystem::path fetch_model(const std::string& model, const LoadOptions& options);

/// Whether nothing may be fetched.
bool is_offline(const LoadOptions& options);

/// Calls `open` with the directory that `model` means, which is downloaded first if it is not there.
template <class Open>
auto open_model_directory(const std::string& model, const LoadOptions& options, const Open& open) {
  const auto found = find_model(model, options.revision);
  if (!found) return open(fetch_model(model, options));
  try {
    return open(*found);
  } catch (const Error& error) {
    // Python's cache holds the files that somebody asked for, perhaps not all of a model.
    if (error.code() != ErrorCode::not_found || *found == std::filesystem::path(model) || is_offline(options)) throw;
  }
  return open(fetch_model(model, options));
}

}  // namespace sbert::hub
