#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <sbert/error.h>

#include "hub/client.h"
#include "hub/listing.h"
#include "hub/refusal.h"

namespace {

using namespace sbert;

/// What a listing leads to when files are written.
void check(const std::vector<hub::RepoFile>& files) {
  for (const hub::RepoFile& file : files) {
    if (!hub::is_safe_path(file.path) || file.hash().find_first_not_of("0123456789abcdef") != std::string::npos) {
      std::abort();
    }
  }
}

void read_page(const std::string& text) {
  std::vector<hub::RepoFile> files;
  hub::append_page(files, parse_json(text, "fuzz"), "fuzz");
  check(files);
}

void read_tree(const std::string& text) {
  check(hub::parse_tree(parse_json(text, "fuzz"), "fuzz"));
}

void read_headers(const std::string& text) {
  hub::HttpResponse response{.status = 429, .url = "https://huggingface.co/x", .body = text};
  for (const char* name : {"ratelimit", "Retry-After", "Link", "X-Error-Message"})
    response.headers.add(name, text);
  const auto wait = hub::requested_wait(response.headers);
  if (wait && (*wait < 1 || *wait > 5e9)) std::abort();
  hub::next_page(response.headers);
  if (hub::server_message(response).find('\n') != std::string::npos) std::abort();
  hub::classify(response);
}

/// A redirect that leads elsewhere must be seen to lead elsewhere.
void follow(const std::string& text) {
  const std::string target = hub::url_join("https://huggingface.co/a/b", text);
  if (hub::url_origin(target) == "https://huggingface.co:443" && !target.starts_with("https://")) std::abort();
}

}  // namespace

/// Input: a digit that says what it is, and what a server sends. The outcome is a value or an sbert::Error.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr void (*kReaders[])(const std::string&) = {read_page, read_tree, read_headers, follow};
  if (size == 0) return 0;
  try {
    kReaders[data[0] % std::size(kReaders)](std::string(reinterpret_cast<const char*>(data + 1), size - 1));
  } catch (const Error&) {
  }
  return 0;
}
