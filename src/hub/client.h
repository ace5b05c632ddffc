#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <set>
#include <string>

#include <sbert/progress.h>

#include "base/json.h"
#include "hub/http.h"
#include "hub/refusal.h"
#include "hub/repo.h"
#include "hub/settings.h"

namespace sbert::hub {

/// Which failures are worth another try, after a pause that grows.
enum class Retry {
  never,
  refused,  ///< the request must not be done twice, and the server says that it was not done: too many requests (429)
  busy,     ///< the server says that it is busy; a connection that fails is the caller's business
  always,   ///< connections that fail, too
};

struct HubRequest {
  HttpRequest http{};            ///< a url that begins with "/" is one of the Hub
  std::optional<RepoId> repo{};  ///< what it is about, for messages
  Retry retry = Retry::always;
  bool with_token = true;            ///< false: the address is signed, and a token beside that would be too much
  std::chrono::seconds patience{0};  ///< the server may think for so long, whatever the settings say
};

/// Talks to the Hub: knows who asks, waits and asks again, follows redirects, and turns refusals into errors. The token
/// goes to the Hub's own origin only. One thread at a time.
class Client {
 public:
  explicit Client(Settings settings, NoticeCallback notice = {}, const std::atomic<bool>* stop = nullptr);

  const Settings& settings() const { return settings_; }
  const NoticeCallback& notice() const { return notice_; }

  /// The answer, which is a success. THROWS: RefusedError, NetworkError, cancelled.
  HttpResponse send(HubRequest request);
  /// GET `url`; the body as JSON. THROWS: corrupt_data, too.
  Json get_json(const std::string& url, const std::optional<RepoId>& repo, Retry retry = Retry::always);
  /// POST `body` to `url`.
  HttpResponse post_json(const std::string& url, const Json& body, const std::optional<RepoId>& repo,
                         Retry retry = Retry::always);

  /// Waits `seconds`, or until somebody wants us to stop. THROWS: cancelled.
  void pause(double seconds) const;

 private:
  HttpResponse follow(HttpRequest request, bool with_token);
  void pass_warning_on(const HttpResponse& response);

  Settings settings_;
  NoticeCallback notice_;
  const std::atomic<bool>* stop_;
  HttpSession session_;
  std::string origin_;  ///< the Hub's
  std::set<std::string> warnings_;
};

/// Seconds that a busy server asks us to wait; nullopt if it says nothing of it. Anything may stand in those headers.
std::optional<double> requested_wait(const Headers& headers);

/// The address behind rel="next" in a Link header: where a listing goes on.
std::optional<std::string> next_page(const Headers& headers);

}  // namespace sbert::hub
