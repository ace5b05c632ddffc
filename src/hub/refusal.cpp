#include "hub/refusal.h"

#include <utility>

#include "base/fail.h"
#include "base/json.h"

namespace sbert::hub {
namespace {

constexpr size_t kMaxMessage = 300;

/// {"error": "..."}, {"error": ["..."]}, {"errors": [{"message": "..."}]}, {"error_description": "..."}
std::string message_in_json(const std::string& body) {
  const Json json = Json::parse(body, nullptr, false);
  if (!json.is_object()) return "";
  for (const char* key : {"error", "error_description", "message"}) {
    const auto found = json.find(key);
    if (found == json.end()) continue;
    if (found->is_string()) return found->get<std::string>();
    if (found->is_array() && !found->empty() && found->front().is_string()) return found->front().get<std::string>();
  }
  std::string all;
  if (const auto errors = json.find("errors"); errors != json.end() && errors->is_array()) {
    for (const Json& error : *errors) {
      if (!error.is_object() || !error.contains("message") || !error["message"].is_string()) continue;
      all += (all.empty() ? "" : "; ") + error["message"].get<std::string>();
    }
  }
  return all;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

ErrorCode code_of(Refusal reason) {
  switch (reason) {
    case Refusal::no_repository:
    case Refusal::no_revision:
    case Refusal::no_entry:
      return ErrorCode::not_found;
    case Refusal::bad_token:
    case Refusal::gated:
    case Refusal::disabled:
    case Refusal::forbidden:
      return ErrorCode::access_denied;
    default:
      return ErrorCode::network;
  }
}

/// What the token has to do with it: nothing is known about a repository that one may not see.
std::string about_token(const Settings& settings) {
  if (settings.token.empty()) return "if it is private, log in first: 'sbert login'";
  return concat("if it is private, the account of the token from ", settings.token_source, " may not see it");
}

std::string explain(Refusal reason, int status, const Settings& settings, const std::string& what,
                    const std::string& page) {
  switch (reason) {
    case Refusal::bad_token:
      return concat("the token from ", settings.token_source, " is not valid (any more); get one at ",
                    settings.endpoint, "/settings/tokens and 'sbert login' with it");
    case Refusal::no_repository:
      return concat("there is no ", what, " at ", settings.endpoint, "; ", about_token(settings));
    case Refusal::no_revision:
      return concat(what, " has no such branch, tag or commit");
    case Refusal::no_entry:
      return concat(what, " has no such file");
    case Refusal::gated:
      return concat(what, " is for those who accept its conditions: ask for access at ", page,
                    settings.token.empty() ? ", then 'sbert login'" : "");
    case Refusal::disabled:
      return concat(what, " was disabled by the Hub");
    case Refusal::forbidden:
      return concat("the token from ", settings.token_source, " may not do this to ", what,
                    "; 'sbert whoami' tells what it may");
    case Refusal::conflict:
      return concat(what, ": something else changed it at the same time; try again");
    case Refusal::stale_parent:
      return concat(what, ": somebody committed in between; try again");
    case Refusal::bad_request:
      return concat(what, ": the Hub does not accept this");
    case Refusal::too_many_requests:
      return concat(settings.endpoint, " got too many requests from here; try again later",
                    settings.token.empty() ? ", or log in for a higher limit: 'sbert login'" : "");
    case Refusal::broken_server:
      return concat(settings.endpoint, " has a problem (HTTP ", status, "); try again later");
    case Refusal::other:
      break;
  }
  return concat(what, ": unexpected answer (HTTP ", status, ") from ", settings.endpoint);
}

/// " (the server says: ...) [request 123]": what helps whoever runs it.
std::string quote_server(const HttpResponse& response) {
  std::string text;
  if (const std::string message = server_message(response); !message.empty()) {
    text = concat(" (the server says: ", message, ")");
  }
  for (const char* name : {"X-Request-Id", "X-Amzn-Trace-Id", "X-Amz-Cf-Id"}) {
    if (const auto id = response.headers.find(name)) return concat(text, " [request ", id->substr(0, 80), "]");
  }
  return text;
}

}  // namespace

std::string server_message(const HttpResponse& response) {
  std::string message = response.headers.find("X-Error-Message").value_or("");
  if (message.empty()) message = message_in_json(response.body);
  if (message.size() > kMaxMessage) message = message.substr(0, kMaxMessage) + "...";
  return one_line(message);
}

std::string without_token(std::string text, const Settings& settings) {
  const std::string& token = settings.token;
  if (token.empty()) return text;
  for (size_t at = text.find(token); at != std::string::npos; at = text.find(token, at + 1))
    text.replace(at, token.size(), "<token>");
  return text;
}

Refusal classify(const HttpResponse& response) {
  const std::string code = response.headers.find("X-Error-Code").value_or("");
  const std::string message = server_message(response);
  if (code == "RepoNotFound") return Refusal::no_repository;
  if (code == "RevisionNotFound") return Refusal::no_revision;
  if (code == "EntryNotFound") return Refusal::no_entry;
  if (code == "GatedRepo") return Refusal::gated;
  switch (response.status) {
    case 400:
    case 413:
    case 416:
    case 422:
      return Refusal::bad_request;
    case 401:
      // To somebody without a token the Hub says this of what is missing, too.
      return contains(message, "Invalid credentials") ? Refusal::bad_token : Refusal::no_repository;
    case 403:
      return contains(message, "is disabled") ? Refusal::disabled : Refusal::forbidden;
    case 404:
      return contains(message, "Repository not found") ? Refusal::no_repository : Refusal::no_entry;
    case 409:
      return Refusal::conflict;
    case 412:
      return Refusal::stale_parent;
    case 429:
      return Refusal::too_many_requests;
    default:
      return response.status >= 500 ? Refusal::broken_server : Refusal::other;
  }
}

void fail_refused(HttpResponse response, const Settings& settings, const std::optional<RepoId>& repo) {
  const Refusal reason = classify(response);
  if (const std::string origin = url_origin(response.url); origin != url_origin(settings.endpoint)) {
    const std::string text =
        concat("the storage at ", origin, " refuses (HTTP ", response.status, "); try again later");
    throw RefusedError(ErrorCode::network, text, Refusal::other, std::move(response));
  }
  const std::string what = repo ? repo->describe() : settings.endpoint;
  std::string text = explain(reason, response.status, settings, what, settings.endpoint + (repo ? repo->page() : ""));
  // About what is not there or not for us, all is said.
  const bool clear = reason == Refusal::no_repository || reason == Refusal::no_revision || reason == Refusal::gated;
  if (!clear) text += quote_server(response);
  throw RefusedError(code_of(reason), one_line(without_token(text, settings)), reason, std::move(response));
}

}  // namespace sbert::hub
