#pragma once

#include <optional>
#include <string>

#include <sbert/error.h>

#include "hub/http.h"
#include "hub/repo.h"
#include "hub/settings.h"

namespace sbert::hub {

/// Why a server refused.
enum class Refusal {
  bad_token,
  no_repository,  ///< or a private one: the Hub does not tell
  no_revision,
  no_entry,  ///< no such file in that revision
  gated,     ///< its files are for those who accepted its conditions
  disabled,
  forbidden,  ///< the token may not do that
  conflict,
  stale_parent,  ///< a commit happened in between
  bad_request,
  too_many_requests,
  broken_server,  ///< 5xx
  other,
};

/// An answer that is an error. Its message says what to do about it.
class RefusedError : public Error {
 public:
  RefusedError(ErrorCode code, const std::string& message, Refusal reason, HttpResponse answer)
      : Error(code, message), reason_(reason), response_(std::move(answer)) {}
  Refusal reason() const { return reason_; }
  const HttpResponse& response() const { return response_; }

 private:
  Refusal reason_;
  HttpResponse response_;
};

/// What the status, the headers and the body say. REQUIRES: the status is no success.
Refusal classify(const HttpResponse& response);

/// What the server says about it, on one line; empty if nothing.
std::string server_message(const HttpResponse& response);

/// The text of somebody else, for messages of ours: without the token, which may have come back.
std::string without_token(std::string text, const Settings& settings);

/// Throws the RefusedError for this answer to a request about `repo`.
[[noreturn]] void fail_refused(HttpResponse response, const Settings& settings, const std::optional<RepoId>& repo);

}  // namespace sbert::hub
