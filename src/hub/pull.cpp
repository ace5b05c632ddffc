#include "hub/pull.h"

#include <numeric>
#include <utility>
#include <vector>

#include "base/files.h"
#include "hub/cache.h"
#include "hub/needed_files.h"
#include "hub/snapshot.h"

namespace sbert::hub {
namespace {

namespace fs = std::filesystem;

struct HubModel {
  std::vector<RepoId> candidates;  ///< what the name may mean, in order
  std::string revision;
};

HubModel parse_name(const std::string& model, const std::string& revision) {
  const size_t at = model.find('@');
  const std::string name = model.substr(0, at);
  HubModel parsed{{}, revision.empty() ? "main" : revision};
  if (at != std::string::npos) parsed.revision = model.substr(at + 1);
  if (at != std::string::npos && !revision.empty() && parsed.revision != revision) {
    fail(ErrorCode::invalid_argument, "model '", model, "': is asked for at the revision '", revision, "' as well");
  }
  if (!is_repo_name(name)) {
    fail(ErrorCode::not_found, "'", model,
         "': no such directory, and no name that a model on the Hub can have (org/name)");
  }
  if (!is_safe_path(parsed.revision)) {
    fail(ErrorCode::invalid_argument, "model '", model, "': '", parsed.revision, "' is no branch, tag or commit");
  }
  // Some old models have no owner (distilroberta-base).
  if (name.find('/') == std::string::npos) parsed.candidates.push_back({.name = "sentence-transformers/" + name});
  parsed.candidates.push_back({.name = name});
  return parsed;
}

std::optional<fs::path> find_cached(const Settings& settings, const HubModel& model) {
  for (const RepoId& repo : model.candidates) {
    if (auto snapshot = RepoCache(settings, repo).find_snapshot(model.revision)) return snapshot;
  }
  return std::nullopt;
}

/// "leaves 12 files (1,234 MB) for other programs, such as onnx/model.onnx"
std::string describe_left(const std::vector<RepoFile>& all, const std::vector<RepoFile>& needed) {
  const auto size = [](uint64_t sum, const RepoFile& file) { return sum + file.size; };
  const uint64_t bytes = std::accumulate(all.begin(), all.end(), uint64_t{0}, size) -
                         std::accumulate(needed.begin(), needed.end(), uint64_t{0}, size);
  std::string example;
  uint64_t largest = 0;
  for (size_t i = 0, j = 0; i < all.size(); ++i) {
    if (j < needed.size() && all[i].path == needed[j].path) {
      ++j;
    } else if (example.empty() || all[i].size > largest) {
      example = all[i].path;
      largest = all[i].size;
    }
  }
  const size_t count = all.size() - needed.size();
  return concat("leaves ", count, count == 1 ? " file (" : " files (", (bytes + 500'000) / 1'000'000,
                " MB) for other programs, such as ", example);
}

fs::path pull_snapshot(Client& client, const RepoId& repo, const std::string& revision, const PullOptions& options) {
  Snapshot snapshot(client, repo, revision);
  const auto wanted = options.all_files ? snapshot.files() : needed_files(snapshot.files());
  if (options.notice && wanted.size() < snapshot.files().size() && !snapshot.missing(wanted).empty()) {
    options.notice(
        concat(repo.name, ": ", describe_left(snapshot.files(), wanted), " ('sbert pull --all' brings them)"));
  }
  snapshot.fetch(wanted, options.progress);
  snapshot.remember();
  return snapshot.directory();
}

fs::path pull_named(const std::string& model, const PullOptions& options) {
  const HubModel named = parse_name(model, options.revision);
  Client client(Settings::from_environment(), options.notice);
  if (client.settings().offline) {
    if (const auto cached = find_cached(client.settings(), named)) return *cached;
  }
  for (size_t i = 0;; ++i) {
    try {
      return pull_snapshot(client, named.candidates[i], named.revision, options);
    } catch (const RefusedError& error) {
      if (error.reason() != Refusal::no_repository || i + 1 == named.candidates.size()) throw;
    }
  }
}

}  // namespace

std::optional<fs::path> find_model(const std::string& model, const std::string& revision) {
  std::error_code error;
  const fs::file_type type = fs::status(model, error).type();
  if (type == fs::file_type::directory) return model;
  if (type == fs::file_type::none) fail(ErrorCode::io, model, ": cannot be opened: ", error.message());
  if (type != fs::file_type::not_found) {
    fail(ErrorCode::not_found, model, ": a model is a directory, and this is a file");
  }
  if (is_there(model)) fail(ErrorCode::not_found, model, ": is a link to nothing");
  return find_cached(Settings::from_environment(), parse_name(model, revision));
}

bool is_offline(const LoadOptions& options) {
  return options.local_files_only || Settings::from_environment().offline;
}

fs::path fetch_model(const std::string& model, const LoadOptions& options) {
  if (!is_offline(options)) {
    return pull(model, {.revision = options.revision, .progress = options.progress, .notice = options.notice});
  }
  const Settings settings = Settings::from_environment();
  fail(ErrorCode::not_found, model, ": no such directory, and no model of this name in the Hugging Face cache ",
       settings.cache_of(RepoKind::model).string(),
       settings.offline ? "; HF_HUB_OFFLINE is set, so the Hub is not asked" : "");
}

}  // namespace sbert::hub

namespace sbert {

std::filesystem::path pull(const std::string& model, const PullOptions& options) {
  return hub::pull_named(model, options);
}

}  // namespace sbert
