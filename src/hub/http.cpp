#include "hub/http.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <mutex>
#include <strings.h>

#include <curl/curl.h>

#include "base/fail.h"

namespace sbert::hub {

// The one file that knows libcurl.
namespace {

constexpr size_t kMaxBody = size_t{256} << 20;
constexpr size_t kMaxHeaders = 1000;

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
struct ListFreer {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct UrlFreer {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, UrlFreer>;

void initialize_once() {
  static std::once_flag flag;
  std::call_once(flag, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

/// What follows a question mark may be a signature.
std::string without_query(const std::string& url) {
  return url.substr(0, url.find('?'));
}

/// One request while it runs: what curl's callbacks need. They may not throw through curl, so `error` carries it.
struct Exchange {
  const HttpRequest& request;
  CURL* handle;
  const std::atomic<bool>* stop;
  HttpResponse response{};
  std::unique_ptr<std::FILE, FileCloser> file{};
  uint64_t sent = 0;
  curl_off_t moved = 0;  ///< bytes in both directions when it last was asked, and when that changed
  std::chrono::steady_clock::time_point moved_at = std::chrono::steady_clock::now();
  std::exception_ptr error{};

  template <class Body>
  bool guard(const Body& body) {
    try {
      body();
    } catch (...) {
      error = std::current_exception();
    }
    return error == nullptr;
  }
};

size_t on_header(char* data, size_t, size_t size, void* context) {
  auto& exchange = *static_cast<Exchange*>(context);
  std::string_view line(data, size);
  const bool ok = exchange.guard([&] {
    if (line.starts_with("HTTP/")) exchange.response.headers = {};  // "100 Continue" or a proxy's answer came before
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    if (exchange.response.headers.list().size() >= kMaxHeaders) {
      throw NetworkError(NetworkError::Kind::broken, "the answer has too many headers");
    }
    std::string_view value = line.substr(colon + 1);
    const size_t begin = std::min(value.find_first_not_of(" \t\r\n"), value.size());
    value.remove_prefix(begin);
    value = value.substr(0, value.find_last_not_of(" \t\r\n") + 1);
    exchange.response.headers.add(std::string(line.substr(0, colon)), std::string(value));
  });
  return ok ? size : 0;
}

int status_of(CURL* handle) {
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  return static_cast<int>(status);
}

void take_body(Exchange& exchange, std::string_view piece) {
  if (exchange.response.status == 0) exchange.response.status = status_of(exchange.handle);
  const bool wanted = exchange.response.status >= 200 && exchange.response.status < 300;
  if (wanted && exchange.request.on_body) return exchange.request.on_body(exchange.response, piece);
  if (exchange.response.body.size() + piece.size() > kMaxBody) {
    throw NetworkError(NetworkError::Kind::broken, concat("the answer is larger than ", kMaxBody >> 20, " MiB"));
  }
  exchange.response.body += piece;
}

size_t on_body(char* data, size_t, size_t size, void* context) {
  auto& exchange = *static_cast<Exchange*>(context);
  return exchange.guard([&] { take_body(exchange, {data, size}); }) ? size : 0;
}

size_t on_read(char* data, size_t, size_t size, void* context) {
  auto& exchange = *static_cast<Exchange*>(context);
  const uint64_t left = exchange.request.file->size - exchange.sent;
  const size_t wanted = std::min<uint64_t>(size, left);
  const size_t got = std::fread(data, 1, wanted, exchange.file.get());
  exchange.sent += got;
  const bool ok = exchange.guard([&] {
    if (got < wanted) fail(ErrorCode::io, exchange.request.file->path.string(), ": became shorter while it was sent");
    if (exchange.request.on_sent) exchange.request.on_sent(exchange.sent);
  });
  return ok ? got : CURL_READFUNC_ABORT;
}

int on_rewind(void* context, curl_off_t offset, int) {
  auto& exchange = *static_cast<Exchange*>(context);
  exchange.sent = static_cast<uint64_t>(offset);
  const auto place = static_cast<off_t>(exchange.request.file->offset + exchange.sent);
  return ::fseeko(exchange.file.get(), place, SEEK_SET) == 0 ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL;
}

/// Called every second at least. curl's own limit of a lowest speed looks back too far.
int on_progress(void* context, curl_off_t, curl_off_t received, curl_off_t, curl_off_t sent) {
  auto& exchange = *static_cast<Exchange*>(context);
  const auto now = std::chrono::steady_clock::now();
  if (received + sent != exchange.moved) {
    exchange.moved = received + sent;
    exchange.moved_at = now;
  }
  const bool ok = exchange.guard([&] {
    if (exchange.stop != nullptr && exchange.stop->load()) fail(ErrorCode::cancelled, "interrupted");
    if (now - exchange.moved_at < exchange.request.silence_timeout) return;
    throw NetworkError(NetworkError::Kind::silence, concat(without_query(exchange.request.url), ": no byte for ",
                                                           exchange.request.silence_timeout.count(), " s; try again"));
  });
  return ok ? 0 : 1;
}

NetworkError::Kind kind_of(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
      return NetworkError::Kind::connect;
    case CURLE_OPERATION_TIMEDOUT:
      return NetworkError::Kind::silence;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
      return NetworkError::Kind::tls;
    default:
      return NetworkError::Kind::broken;
  }
}

std::string_view advice(NetworkError::Kind kind) {
  switch (kind) {
    case NetworkError::Kind::connect:
      return "; is there a network? HF_ENDPOINT and https_proxy say where to go";
    case NetworkError::Kind::tls:
      return "; who a server is gets always checked: SSL_CERT_FILE may name a file of more authorities to trust";
    case NetworkError::Kind::silence:
    case NetworkError::Kind::broken:
      break;
  }
  return "; try again";
}

/// The first of these variables that is there.
const char* variable(std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return value;
  }
  return nullptr;
}

void open_file(Exchange& exchange) {
  const FilePart& part = *exchange.request.file;
  exchange.file.reset(std::fopen(part.path.c_str(), "rbe"));
  if (exchange.file == nullptr || ::fseeko(exchange.file.get(), static_cast<off_t>(part.offset), SEEK_SET) != 0) {
    fail(ErrorCode::io, part.path.string(), ": cannot read: ", std::strerror(errno));
  }
}

std::unique_ptr<curl_slist, ListFreer> header_list(const Headers& headers) {
  std::unique_ptr<curl_slist, ListFreer> list;
  const auto add = [&](const std::string& line) { list.reset(curl_slist_append(list.release(), line.c_str())); };
  for (const auto& [name, value] : headers.list())
    add(name + ": " + value);
  add("Expect:");  // curl would ask before every larger body, and wait a second for an answer
  return list;
}

void set_connection(CURL* handle, const HttpRequest& request) {
  curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, request.only_once ? 1L : 0L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  if (const char* bundle = variable({"SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"})) {
    curl_easy_setopt(handle, CURLOPT_CAINFO, bundle);
  }
  // curl reads all other proxy variables itself; this one in lower case only.
  if (request.url.starts_with("http://") && variable({"http_proxy", "all_proxy", "ALL_PROXY"}) == nullptr) {
    if (const char* proxy = variable({"HTTP_PROXY"})) curl_easy_setopt(handle, CURLOPT_PROXY, proxy);
  }
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, static_cast<long>(request.connect_timeout.count()));
}

void set_callbacks(CURL* handle, Exchange& exchange) {
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &exchange);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &exchange);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &exchange);
}

void set_body(CURL* handle, Exchange& exchange) {
  const HttpRequest& request = exchange.request;
  if (request.file) {
    open_file(exchange);
    curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request.file->size));
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(handle, CURLOPT_READDATA, &exchange);
    curl_easy_setopt(handle, CURLOPT_SEEKFUNCTION, on_rewind);
    curl_easy_setopt(handle, CURLOPT_SEEKDATA, &exchange);
  } else if (request.method == "POST") {
    curl_easy_setopt(handle, CURLOPT_POST, 1L);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.data());
  }
}

/// Null if it is none.
Url parse_url(const std::string& url) {
  initialize_once();
  Url parsed(curl_url());
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) parsed.reset();
  return parsed;
}

/// A part of the URL; empty if there is none.
std::string url_part(const Url& url, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, flags) != CURLUE_OK) return "";
  std::string copy = text;
  curl_free(text);
  return copy;
}

}  // namespace

std::optional<std::string> Headers::find(std::string_view name) const {
  for (auto entry = list_.rbegin(); entry != list_.rend(); ++entry) {
    if (entry->first.size() == name.size() && ::strncasecmp(entry->first.data(), name.data(), name.size()) == 0) {
      return entry->second;
    }
  }
  return std::nullopt;
}

struct HttpSession::State {
  CURL* handle;
  const std::atomic<bool>* stop;
  ~State() { curl_easy_cleanup(handle); }
};

HttpSession::HttpSession(const std::atomic<bool>* stop) {
  initialize_once();
  state_.reset(new State{curl_easy_init(), stop});
}
HttpSession::~HttpSession() = default;
HttpSession::HttpSession(HttpSession&&) noexcept = default;

HttpResponse HttpSession::send(const HttpRequest& request) {
  CURL* const handle = state_->handle;
  curl_easy_reset(handle);  // connections stay
  Exchange exchange{request, handle, state_->stop};
  const auto headers = header_list(request.headers);
  char message[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, message);
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
  set_connection(handle, request);
  set_callbacks(handle, exchange);
  set_body(handle, exchange);

  const CURLcode code = curl_easy_perform(handle);
  if (exchange.error) std::rethrow_exception(exchange.error);
  if (code != CURLE_OK) {
    const NetworkError::Kind kind = kind_of(code);
    const char* reason = *message != '\0' ? message : curl_easy_strerror(code);
    throw NetworkError(kind, one_line(concat(without_query(request.url), ": ", reason, advice(kind))));
  }
  exchange.response.status = status_of(handle);
  exchange.response.url = request.url;
  return std::move(exchange.response);
}

std::string url_origin(const std::string& url) {
  if (const Url parsed = parse_url(url)) {
    const std::string scheme = url_part(parsed, CURLUPART_SCHEME), host = url_part(parsed, CURLUPART_HOST);
    const bool has_user = !url_part(parsed, CURLUPART_USER).empty() || !url_part(parsed, CURLUPART_PASSWORD).empty();
    if ((scheme == "http" || scheme == "https") && !host.empty() && !has_user) {
      std::string lower = host;
      std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
      return scheme + "://" + lower + ":" + url_part(parsed, CURLUPART_PORT, CURLU_DEFAULT_PORT);
    }
  }
  fail(ErrorCode::corrupt_data, "'", url.substr(0, 200), "' is no http or https address");
}

std::string url_join(const std::string& base, const std::string& location) {
  const Url parsed = parse_url(base);
  if (parsed == nullptr || curl_url_set(parsed.get(), CURLUPART_URL, location.c_str(), CURLU_URLENCODE) != CURLUE_OK) {
    fail(ErrorCode::corrupt_data, "a server redirects to '", location.substr(0, 200), "', which is no address");
  }
  std::string joined = url_part(parsed, CURLUPART_URL);
  url_origin(joined);
  return joined;
}

std::string url_quote(std::string_view text, std::string_view keep) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain =
        byte < 0x80 && (std::isalnum(byte) != 0 || std::string_view("_.-~").find(c) != std::string_view::npos);
    if (plain || keep.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

}  // namespace sbert::hub
