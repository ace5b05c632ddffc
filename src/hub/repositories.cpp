#include "hub/repositories.h"

#include "base/fail.h"
#include "base/json.h"

namespace sbert::hub {
namespace {

constexpr int kRenamingTries = 3;

/// "acme/tiny" of the address of a repository.
std::string name_in_url(const Json& answer, const std::string& where) {
  const auto url = json_required<std::string>(answer, "url", where);
  const size_t last = url.rfind('/');
  const size_t before = last == std::string::npos || last == 0 ? std::string::npos : url.rfind('/', last - 1);
  const std::string name = before == std::string::npos ? "" : url.substr(before + 1);
  if (!is_repo_name(name)) fail(ErrorCode::corrupt_data, where, ": '", url.substr(0, 200), "' is no repository");
  return name;
}

/// What the Hub answers if it is there already is the same.
std::string create(Client& client, const RepoId& repo, bool is_private) {
  const size_t slash = repo.name.find('/');
  Json body{{"name", repo.name.substr(slash == std::string::npos ? 0 : slash + 1)}};
  body["organization"] = slash == std::string::npos ? Json(nullptr) : Json(repo.name.substr(0, slash));
  if (is_private) body["visibility"] = "private";
  for (int attempt = 1;; ++attempt) {
    try {
      const HttpResponse response = client.post_json("/api/repos/create", body, repo, Retry::refused);
      return name_in_url(parse_json(response.body, response.url), response.url);
    } catch (const RefusedError& error) {
      if (error.reason() != Refusal::conflict) throw;
      const HttpResponse& response = error.response();
      const bool busy = server_message(response).find("another conflicting operation") != std::string::npos;
      if (!busy) return name_in_url(parse_json(response.body, response.url), response.url);
      if (attempt == kRenamingTries) throw;
    }
    client.pause(attempt);
  }
}

Json ask_info(Client& client, const RepoId& repo) {
  return client.get_json(repo.api(), repo);
}

/// Perhaps the caller may not create it, but it is there and takes a commit or a pull request.
bool exists(Client& client, const RepoId& repo) {
  try {
    ask_info(client, repo);
    return true;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

RepoId open_repository(Client& client, const std::string& name, bool is_private) {
  if (!is_repo_name(name)) {
    fail(ErrorCode::invalid_argument, "'", name,
         "' is no name for a repository: it is 'name' or 'owner/name', of letters, ", "digits, '-', '_' and '.'");
  }
  RepoId repo{.name = name};
  try {
    repo.name = create(client, repo, is_private);
  } catch (const RefusedError& error) {
    const int status = error.response().status;
    const bool may_be_there = (status == 401 || status == 402 || status == 403) && name.find('/') != std::string::npos;
    if (!may_be_there || error.reason() == Refusal::bad_token || !exists(client, repo)) throw;
  }
  if (is_private && !json_value<bool>(ask_info(client, repo), "private", false, repo.api())) {
    fail(ErrorCode::access_denied, repo.describe(), " is public, so nothing was sent to it; make it private at ",
         client.settings().endpoint, repo.page(), "/settings, or push without --private");
  }
  return repo;
}

void open_branch(Client& client, const RepoId& repo, const std::string& branch) {
  try {
    client.post_json(concat(repo.api(), "/branch/", url_quote(branch)), Json::object(), repo, Retry::refused);
  } catch (const RefusedError& error) {
    if (error.reason() != Refusal::conflict) throw;  // it is there
  }
}

}  // namespace sbert::hub
