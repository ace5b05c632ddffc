#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sbert/error.h>

namespace sbert::hub {

/// In their order; names are compared without regard to case.
class Headers {
 public:
  void add(std::string name, std::string value) { list_.emplace_back(std::move(name), std::move(value)); }
  /// The last one of this name.
  std::optional<std::string> find(std::string_view name) const;
  const std::vector<std::pair<std::string, std::string>>& list() const { return list_; }

 private:
  std::vector<std::pair<std::string, std::string>> list_;
};

/// Part of a file, sent as the body of a request.
struct FilePart {
  std::filesystem::path path;
  uint64_t offset = 0;
  uint64_t size = 0;
};

struct HttpResponse {
  int status = 0;
  std::string url{};  ///< where it came from
  Headers headers{};
  std::string body{};  ///< empty if the request's `on_body` took it
};

struct HttpRequest {
  std::string method = "GET";
  std::string url{};
  Headers headers{};
  std::string body{};              ///< of POST
  std::optional<FilePart> file{};  ///< of PUT
  /// Not over a kept connection: where one turns out to be dead, the request is sent once more by itself.
  bool only_once = false;
  std::chrono::seconds connect_timeout{10};
  std::chrono::seconds silence_timeout{10};
  /// Gets the body of a 2xx answer, piece by piece; without it the body is kept in memory, where it may be 256 MB.
  /// What it throws comes out of `send`.
  std::function<void(const HttpResponse& head, std::string_view piece)> on_body{};
  std::function<void(uint64_t sent)> on_sent{};  ///< bytes of `file` that went out so far
};

/// A request that got no answer, or only a part of it.
class NetworkError : public Error {
 public:
  enum class Kind {
    connect,  ///< nobody there
    silence,  ///< no byte for too long
    broken,   ///< the connection ended early, or what came was not HTTP
    tls,      ///< the server could not prove who it is
  };
  NetworkError(Kind kind, const std::string& message) : Error(ErrorCode::network, message), kind_(kind) {}
  Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

/// HTTP(S) over connections that are kept for the next request; certificates are always verified. Does as it is told:
/// follows no redirects, repeats nothing. Proxies are those of the usual variables (https_proxy, no_proxy, ...). One
/// thread at a time.
class HttpSession {
 public:
  /// Requests end early when `stop` becomes true. REQUIRES: `stop`, if given, outlives the session.
  explicit HttpSession(const std::atomic<bool>* stop = nullptr);
  ~HttpSession();
  HttpSession(HttpSession&&) noexcept;

  /// Any status is an answer. THROWS: NetworkError; cancelled; io if a file to send cannot be read.
  HttpResponse send(const HttpRequest& request);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// "https://host:443" of an http or https URL, as the transport reads it. THROWS: corrupt_data for anything else.
std::string url_origin(const std::string& url);
/// What `location` in an answer from `base` means. THROWS: corrupt_data if that is no http or https URL.
std::string url_join(const std::string& base, const std::string& location);
/// Percent-encodes everything but letters, digits and "_.-~", and what is in `keep`.
std::string url_quote(std::string_view text, std::string_view keep = "");

}  // namespace sbert::hub
