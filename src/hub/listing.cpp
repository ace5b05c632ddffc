#include "hub/listing.h"

#include <map>
#include <utility>

#include "base/fail.h"
#include "base/files.h"

namespace sbert::hub {
namespace {

constexpr size_t kMaxFiles = 200'000;
constexpr int kFormatVersion = 1;

uint64_t size_in(const Json& entry, const char* key, const std::string& where) {
  const auto size = json_required<int64_t>(entry, key, where);
  if (size < 0) fail(ErrorCode::corrupt_data, where, ": a file has the size ", size);
  return static_cast<uint64_t>(size);
}

void append(std::vector<RepoFile>& files, RepoFile file, const std::string& where) {
  if (!is_safe_path(file.path)) {
    fail(ErrorCode::corrupt_data, where, ": lists a file called '", file.path.substr(0, 200),
         "', which could be written outside of the cache");
  }
  if (!is_commit(file.git_hash) || (file.sha256 && !is_sha256(*file.sha256))) {
    fail(ErrorCode::corrupt_data, where, ": '", file.path, "' has a hash that is none: '", file.hash().substr(0, 80),
         "'");
  }
  if (files.size() == kMaxFiles) fail(ErrorCode::unsupported, where, ": lists more than ", kMaxFiles, " files");
  files.push_back(std::move(file));
}

void write_tree(const RepoCache& cache, const std::string& commit, const std::vector<RepoFile>& files) {
  Json tree{{"format_version", kFormatVersion}, {"files", Json::object()}};
  for (const RepoFile& file : files) {
    Json& entry = tree["files"][file.path] = {{"size", file.size}, {"blob_id", file.git_hash}};
    if (file.sha256) {
      entry["lfs_sha256"] = *file.sha256;
      entry["lfs_size"] = file.size;
    }
  }
  write_file_atomically(cache.tree(commit), tree.dump(1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace

void append_page(std::vector<RepoFile>& files, const Json& page, const std::string& where) {
  if (!page.is_array()) fail(ErrorCode::corrupt_data, where, ": should be a list of files");
  for (const Json& entry : page) {
    if (json_required<std::string>(entry, "type", where) != "file") continue;
    RepoFile file{.path = json_required<std::string>(entry, "path", where),
                  .size = size_in(entry, "size", where),
                  .git_hash = json_required<std::string>(entry, "oid", where)};
    if (const auto lfs = entry.find("lfs"); lfs != entry.end() && !lfs->is_null()) {
      file.sha256 = json_required<std::string>(*lfs, "oid", where);
      file.size = size_in(*lfs, "size", where);
    }
    append(files, std::move(file), where);
  }
}

std::vector<RepoFile> parse_tree(const Json& tree, const std::string& where) {
  if (json_required<int64_t>(tree, "format_version", where) != kFormatVersion) {
    fail(ErrorCode::unsupported, where, ": is of another version");
  }
  const auto entries = json_required<std::map<std::string, Json>>(tree, "files", where);
  std::vector<RepoFile> files;
  for (const auto& [path, entry] : entries) {
    RepoFile file{.path = path,
                  .size = size_in(entry, "size", where),
                  .git_hash = json_required<std::string>(entry, "blob_id", where)};
    if (entry.contains("lfs_sha256") && !entry["lfs_sha256"].is_null()) {
      file.sha256 = json_required<std::string>(entry, "lfs_sha256", where);
      file.size = size_in(entry, "lfs_size", where);
    }
    append(files, std::move(file), where);
  }
  return files;
}

std::string ask_commit(Client& client, const RepoId& repo, const std::string& revision) {
  // Asked first: if nobody is there, somebody in front of a screen should know at once.
  const Json info = client.get_json(concat(repo.api(), "/revision/", url_quote(revision)), repo, Retry::busy);
  const std::string where = concat(client.settings().endpoint, repo.api());
  const auto commit = json_required<std::string>(info, "sha", where);
  if (!is_commit(commit)) fail(ErrorCode::corrupt_data, where, ": '", commit.substr(0, 80), "' is no commit");
  return commit;
}

std::optional<std::vector<RepoFile>> find_listing(const RepoCache& cache, const std::string& commit) {
  const auto path = cache.tree(commit);
  if (!file_exists(path)) return std::nullopt;
  try {
    return parse_tree(read_json_file(path), path.string());
  } catch (const Error&) {
    return std::nullopt;  // of a later version, or damaged: the Hub knows it as well
  }
}

std::vector<RepoFile> list_files(Client& client, const RepoId& repo, const std::string& commit) {
  const RepoCache cache(client.settings(), repo);
  if (auto known = find_listing(cache, commit)) return *std::move(known);
  std::vector<RepoFile> files;
  std::optional<std::string> url = concat(repo.api(), "/tree/", commit, "?recursive=true&expand=false");
  while (url) {
    HubRequest request{.http = {.url = *url}, .repo = repo};
    request.http.headers.add("Accept", "application/json");
    const HttpResponse response = client.send(std::move(request));
    append_page(files, parse_json(response.body, response.url), response.url);
    url = next_page(response.headers);
    if (url) url = url_join(response.url, *url);
  }
  cache.create();
  write_tree(cache, commit, files);
  return files;
}

}  // namespace sbert::hub
