#include "hub/commit.h"

#include <algorithm>
#include <map>
#include <span>

#include "base/base64.h"
#include "base/fail.h"
#include "base/files.h"

namespace sbert::hub {
namespace {

constexpr size_t kFilesAtOnce = 256;
constexpr auto kHubThinks = std::chrono::seconds(300);
constexpr uint64_t kMaxSmallFile = uint64_t{1} << 30;

void append_line(std::string& lines, const char* key, Json value) {
  const Json line{{"key", key}, {"value", std::move(value)}};
  lines += line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string commit_lines(const Commit& commit, bool create_pr) {
  std::string lines;
  Json header{{"summary", commit.message}, {"description", create_pr ? "Made by sbert.cpp." : ""}};
  if (!commit.parent.empty()) header["parentCommit"] = commit.parent;
  append_line(lines, "header", header);
  for (const LocalFile& file : commit.small) {
    append_line(lines, "file",
                {{"content", encode_base64(read_file(file.place, kMaxSmallFile))},
                 {"path", file.path},
                 {"encoding", "base64"}});
  }
  for (const LfsObject& object : commit.large) {
    append_line(lines, "lfsFile",
                {{"path", object.file.path}, {"algo", "sha256"}, {"oid", object.sha256}, {"size", object.file.size}});
  }
  return lines;
}

}  // namespace

std::vector<UploadMode> parse_upload_modes(const Json& answer, const std::vector<LocalFile>& files,
                                           const std::string& where) {
  std::map<std::string, UploadMode> modes;
  for (const Json& file : json_required<std::vector<Json>>(answer, "files", where)) {
    UploadMode mode{.large = json_required<std::string>(file, "uploadMode", where) == "lfs",
                    .ignored = json_value<bool>(file, "shouldIgnore", false, where)};
    if (const auto hash = json_value<std::string>(file, "oid", "", where); !hash.empty()) mode.hash = hash;
    modes[json_required<std::string>(file, "path", where)] = mode;
  }
  std::vector<UploadMode> found;
  for (const LocalFile& file : files) {
    const auto mode = modes.find(file.path);
    if (mode == modes.end()) fail(ErrorCode::corrupt_data, where, ": says nothing about ", file.path);
    found.push_back(mode->second);
    if (file.size == 0) found.back().large = false;
  }
  return found;
}

std::vector<UploadMode> ask_upload_modes(Client& client, const CommitTarget& target,
                                         const std::vector<LocalFile>& files) {
  std::vector<UploadMode> modes;
  const std::string url = concat(target.repo.api(), "/preupload/", url_quote(target.revision), target.query());
  for (size_t begin = 0; begin < files.size(); begin += kFilesAtOnce) {
    const std::vector<LocalFile> some(
        files.begin() + static_cast<std::ptrdiff_t>(begin),
        files.begin() + static_cast<std::ptrdiff_t>(std::min(begin + kFilesAtOnce, files.size())));
    Json body{{"files", Json::array()}};
    for (const LocalFile& file : some) {
      body["files"].push_back({{"path", file.path}, {"sample", encode_base64(read_sample(file))}, {"size", file.size}});
    }
    const HttpResponse response = client.post_json(url, body, target.repo);
    const auto answered = parse_upload_modes(parse_json(response.body, response.url), some, response.url);
    modes.insert(modes.end(), answered.begin(), answered.end());
  }
  return modes;
}

std::string make_commit(Client& client, const CommitTarget& target, const Commit& commit) {
  HubRequest request{.http = {.method = "POST",
                              .url = concat(target.repo.api(), "/commit/", url_quote(target.revision), target.query()),
                              .body = commit_lines(commit, target.create_pr)},
                     .repo = target.repo,
                     .retry = Retry::refused,
                     .patience = kHubThinks};
  request.http.headers.add("Content-Type", "application/x-ndjson");
  const std::string doubt =
      target.create_pr ? concat("; the pull request may have been made: ", client.settings().endpoint,
                                target.repo.page(), "/discussions shows it")
                       : "; the commit may have been made: the same command finds out, and sends nothing twice";
  try {
    const HttpResponse response = client.send(std::move(request));
    const Json answer = parse_json(response.body, response.url);
    return one_line(
        json_required<std::string>(answer, target.create_pr ? "pullRequestUrl" : "commitUrl", response.url));
  } catch (const NetworkError& error) {
    throw NetworkError(error.kind(), error.what() + doubt);
  } catch (const RefusedError& error) {
    if (error.reason() != Refusal::broken_server) throw;
    throw RefusedError(error.code(), error.what() + doubt, error.reason(), error.response());
  }
}

}  // namespace sbert::hub
