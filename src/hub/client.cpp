#include "hub/client.h"

#include <algorithm>
#include <charconv>
#include <thread>

#include "base/fail.h"

namespace sbert::hub {
namespace {

constexpr int kMaxRetries = 5;
constexpr int kMaxRedirects = 20;
constexpr double kMaxWait = 310;  // the Hub's limits are counted in windows of five minutes
constexpr std::string_view kUserAgent = "sbert.cpp/0.1.0";

bool is_busy(int status) {
  return status == 408 || status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

/// Whether such an answer is worth another try.
bool may_repeat(Retry retry, int status) {
  return retry == Retry::refused ? status == 429 : retry != Retry::never && is_busy(status);
}

bool is_redirect(const HttpResponse& response) {
  const int status = response.status;
  return (status == 301 || status == 302 || status == 303 || status == 307 || status == 308) &&
         response.headers.find("Location").has_value();
}

/// 1, 2, 4, 8, 8 seconds.
double usual_wait(int retry) {
  return 1 << std::min(retry, 3);
}

std::optional<double> number(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// The value of ";name=" in a structured header.
std::optional<double> parameter(std::string_view header, std::string_view name) {
  for (size_t at = 0; (at = header.find(name, at)) != std::string_view::npos; at += name.size()) {
    const size_t end = std::min(header.find(';', at + name.size()), header.size());
    if (const auto value = number(header.substr(at + name.size(), end - at - name.size()))) return value;
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> requested_wait(const Headers& headers) {
  // ratelimit: "api";r=0;t=55 - nothing remains, and the window ends in 55 seconds
  if (const auto limit = headers.find("ratelimit")) {
    if (parameter(*limit, ";r=") == 0.0) {
      if (const auto wait = parameter(*limit, ";t=")) return *wait + 1;
    }
  }
  if (const auto after = headers.find("Retry-After")) {
    if (const auto wait = number(*after)) return *wait + 1;
  }
  return std::nullopt;
}

std::optional<std::string> next_page(const Headers& headers) {
  const std::string link = headers.find("Link").value_or("");
  for (size_t at = link.find('<'); at != std::string::npos; at = link.find('<', at + 1)) {
    const size_t end = link.find('>', at);
    if (end == std::string::npos) break;
    const std::string parameters = link.substr(end, link.find(',', end) - end);
    if (parameters.find("rel=\"next\"") != std::string::npos || parameters.find("rel=next") != std::string::npos) {
      return link.substr(at + 1, end - at - 1);
    }
  }
  return std::nullopt;
}

Client::Client(Settings settings, NoticeCallback notice, const std::atomic<bool>* stop)
    : settings_(std::move(settings)),
      notice_(std::move(notice)),
      stop_(stop),
      session_(stop),
      origin_(url_origin(settings_.endpoint)) {}

void Client::pause(double seconds) const {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(seconds * settings_.second);
  while (true) {
    if (stop_ != nullptr && stop_->load()) fail(ErrorCode::cancelled, "interrupted");
    if (Clock::now() >= end) return;
    std::this_thread::sleep_for(std::min<Clock::duration>(std::chrono::milliseconds(50), end - Clock::now()));
  }
}

void Client::pass_warning_on(const HttpResponse& response) {
  const std::string warning = response.headers.find("X-HF-Warning").value_or("");
  const size_t end = warning.find(';');
  const std::string topic = warning.substr(0, end);
  // Whoever is not logged in knows; every anonymous download says so.
  if (warning.empty() || topic == "unauthenticated" || !notice_ || !warnings_.insert(topic).second) return;
  const std::string text = end == std::string::npos ? warning : warning.substr(end + 1);
  notice_(concat("the Hub says: ", one_line(without_token(text.substr(0, 500), settings_))));
}

/// Follows redirects. A token is for the Hub: the first foreign server on the way, and all after it, do without.
HttpResponse Client::follow(HttpRequest request, bool with_token) {
  const Headers headers = request.headers;
  bool at_home = with_token;
  for (int redirects = 0;; ++redirects) {
    at_home = at_home && url_origin(request.url) == origin_;
    request.headers = headers;
    if (at_home && !settings_.token.empty()) request.headers.add("Authorization", "Bearer " + settings_.token);
    HttpResponse response = session_.send(request);
    pass_warning_on(response);
    if (!is_redirect(response)) return response;
    if (redirects == kMaxRedirects) fail(ErrorCode::network, request.url, ": redirects without end");
    const std::string target = url_join(request.url, *response.headers.find("Location"));
    if (request.url.starts_with("https:") && !target.starts_with("https:")) {
      fail(ErrorCode::network, url_origin(request.url), ": redirects to ", url_origin(target),
           ", which is not encrypted");
    }
    // A body is meant for the Hub as well; and only these two statuses mean "the same again over there".
    if (request.method != "GET" &&
        (url_origin(target) != origin_ || (response.status != 307 && response.status != 308))) {
      return response;
    }
    request.url = target;
  }
}

HttpResponse Client::send(HubRequest request) {
  if (settings_.offline) {
    fail(ErrorCode::network, "HF_HUB_OFFLINE is set, so ", request.repo ? request.repo->describe() : settings_.endpoint,
         " is not asked for; unset it to use the network");
  }
  HttpRequest& http = request.http;
  if (http.url.starts_with('/')) http.url = settings_.endpoint + http.url;
  http.headers.add("User-Agent", std::string(kUserAgent));
  http.only_once = request.retry == Retry::never || request.retry == Retry::refused;
  http.connect_timeout = settings_.connect_timeout;
  http.silence_timeout = std::max(request.patience, settings_.silence_timeout);
  for (int retry = 0;; ++retry) {
    const bool last = retry == kMaxRetries;
    double wait = usual_wait(retry);
    try {
      HttpResponse response = follow(http, request.with_token);
      if (response.status >= 200 && response.status < 300) return response;
      const auto wanted = requested_wait(response.headers);
      if (!may_repeat(request.retry, response.status) || last || wanted.value_or(0) > kMaxWait) {
        fail_refused(std::move(response), settings_, request.repo);
      }
      wait = wanted.value_or(wait);
      if (wanted && notice_) notice_(concat("the Hub is busy and asks for a pause of ", *wanted, " s"));
    } catch (const NetworkError& error) {
      if (last || request.retry != Retry::always || error.kind() == NetworkError::Kind::tls) throw;
    }
    pause(wait);
  }
}

Json Client::get_json(const std::string& url, const std::optional<RepoId>& repo, Retry retry) {
  HubRequest request{.http = {.url = url}, .repo = repo, .retry = retry};
  request.http.headers.add("Accept", "application/json");
  HttpResponse response = send(std::move(request));
  return parse_json(response.body, response.url);
}

HttpResponse Client::post_json(const std::string& url, const Json& body, const std::optional<RepoId>& repo,
                               Retry retry) {
  HubRequest request{.http = {.method = "POST", .url = url}, .repo = repo, .retry = retry};
  request.http.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
  request.http.headers.add("Content-Type", "application/json");
  return send(std::move(request));
}

}  // namespace sbert::hub
