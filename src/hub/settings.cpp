#include "hub/settings.h"

#include <algorithm>
#include <cstdlib>
#include <initializer_list>
#include <strings.h>

#include "base/fail.h"
#include "base/files.h"

namespace sbert::hub {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kMaxTokenFile = 1 << 16;

/// The first of these variables that is there and not empty.
std::string variable(std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return value;
  }
  return "";
}

bool is_on(std::initializer_list<const char*> names) {
  const std::string value = variable(names);
  const auto is = [&](const char* word) { return ::strcasecmp(value.c_str(), word) == 0; };
  return value == "1" || is("on") || is("yes") || is("true");
}

/// "$HOME/x" and "${HOME}/x" -> "/home/me/x"; a variable that is not there stays as it is written.
std::string with_variables(const std::string& text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    size_t end = at + 1;
    const bool braces = text[at] == '$' && end < text.size() && text[end] == '{';
    const size_t begin = at + (braces ? 2 : 1);
    if (text[at] == '$') {
      end = begin;
      while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_'))
        ++end;
      const std::string value = variable({text.substr(begin, end - begin).c_str()});
      const bool closed = !braces || (end < text.size() && text[end] == '}');
      if (braces && closed) ++end;
      out += value.empty() || !closed ? text.substr(at, end - at) : value;
    } else {
      out += text[at];
    }
    at = end;
  }
  return out;
}

fs::path home_directory() {
  return variable({"HOME"}).empty() ? "." : variable({"HOME"});
}

fs::path with_home(const std::string& path) {
  if (path == "~") return home_directory();
  return path.starts_with("~/") ? home_directory() / path.substr(2) : fs::path(path);
}

fs::path expanded(const std::string& text) {
  return with_home(with_variables(text));
}

fs::path path_or(std::initializer_list<const char*> names, const fs::path& fallback) {
  const std::string value = variable(names);
  return value.empty() ? fallback : expanded(value);
}

std::chrono::seconds seconds_of(const char* name, std::chrono::seconds fallback) {
  const std::string text = variable({name});
  if (text.empty()) return fallback;
  char* end = nullptr;
  const long value = std::strtol(text.c_str(), &end, 10);
  if (*end != '\0' || value < 1 || value > 86400) {
    fail(ErrorCode::invalid_argument, name, " should be a number of seconds from 1 to 86400, not '", text, "'");
  }
  return std::chrono::seconds(value);
}

std::string endpoint_of(std::string text) {
  while (text.ends_with('/'))
    text.pop_back();
  if (!text.starts_with("https://") && !text.starts_with("http://")) {
    fail(ErrorCode::invalid_argument, "HF_ENDPOINT should begin with https:// or http://, not '", text, "'");
  }
  return text;
}

}  // namespace

std::string clean_token(const std::string& text) {
  std::string token = text;
  std::erase_if(token, [](char c) { return c == '\r' || c == '\n'; });
  const size_t begin = token.find_first_not_of(" \t");
  if (begin == std::string::npos) return "";
  return token.substr(begin, token.find_last_not_of(" \t") - begin + 1);
}

Settings Settings::from_environment() {
  Settings settings;
  if (const std::string endpoint = variable({"HF_ENDPOINT"}); !endpoint.empty()) {
    settings.endpoint = endpoint_of(endpoint);
  }
  const fs::path caches = path_or({"XDG_CACHE_HOME"}, home_directory() / ".cache");
  const fs::path home = path_or({"HF_HOME"}, caches / "huggingface");
  settings.cache = path_or({"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"}, home / "hub");
  // Python hands this one on as it is, but for the home directory.
  settings.model_cache = with_home(variable({"SENTENCE_TRANSFORMERS_HOME"}));
  settings.token_file = path_or({"HF_TOKEN_PATH"}, home / "token");
  settings.offline = is_on({"HF_HUB_OFFLINE"}) || is_on({"TRANSFORMERS_OFFLINE"});
  settings.symlinks = !is_on({"HF_HUB_DISABLE_SYMLINKS"});
  settings.connect_timeout = seconds_of("HF_HUB_ETAG_TIMEOUT", settings.connect_timeout);
  settings.silence_timeout = seconds_of("HF_HUB_DOWNLOAD_TIMEOUT", settings.silence_timeout);
  settings.token = clean_token(variable({"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"}));
  settings.token_source = "HF_TOKEN";
  if (settings.token.empty() && !is_on({"HF_HUB_DISABLE_IMPLICIT_TOKEN"}) && file_exists(settings.token_file)) {
    settings.token = clean_token(read_file(settings.token_file, kMaxTokenFile));
    settings.token_source = settings.token_file.string();
  }
  return settings;
}

}  // namespace sbert::hub
