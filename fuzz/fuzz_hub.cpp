#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <sbert/error.h>

#include "data/data_files.h"
#include "data/glob.h"
#include "hub/account.h"
#include "hub/client.h"
#include "hub/commit.h"
#include "hub/front_matter.h"
#include "hub/listing.h"
#include "hub/refusal.h"
#include "hub/token_file.h"

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

void read_account(const std::string& text) {
  hub::parse_account(parse_json(text, "fuzz"), "fuzz");
}

/// What is sent must be all of the file, in parts that the server named.
void read_lfs_answer(const std::string& text) {
  const hub::LfsObject object{{"a", "/a", 1'000'000}, std::string(64, 'a')};
  const auto upload = hub::parse_lfs_answer(parse_json(text, "fuzz"), object, "fuzz");
  const uint64_t part = upload ? upload->part_size : 0;
  const uint64_t rest = part > 0 ? object.file.size % part : 0;
  if (part > 0 && upload->part_urls.size() != object.file.size / part + (rest > 0)) std::abort();
}

void read_upload_modes(const std::string& text) {
  const std::vector<hub::LocalFile> files{{"a", "/a", 1}, {"b/c", "/b/c", 0}};
  if (hub::parse_upload_modes(parse_json(text, "fuzz"), files, "fuzz").size() != files.size()) std::abort();
}

/// Data sets that are named are named once, and the rest of the card is still there.
void name_datasets(const std::string& text) {
  const std::string named = hub::with_datasets(text, {"a/b"}, "fuzz");
  if (hub::with_datasets(named, {"a/b"}, "fuzz") != named) std::abort();
}

/// A name of a token cannot make another section of it.
void store_token(const std::string& text) {
  const std::string kept = hub::with_stored_token("[x]\nhf_token = 1\n", text, "hf_2");
  if (hub::with_stored_token(kept, text, "hf_2") != kept) std::abort();
}

/// Files that a card of a data set names are some of those that are there.
void read_dataset_card(const std::string& text) {
  const std::vector<std::string> paths{"README.md", "a.csv", "data/train-00000-of-00001.jsonl", "dev/b.jsonl"};
  for (const auto& [split, files] : find_data_files(paths, text, "", "fuzz")) {
    for (const std::string& file : files) {
      if (std::find(paths.begin(), paths.end(), file) == paths.end()) std::abort();
    }
  }
}

/// A pattern, a line end, a path.
void match_pattern(const std::string& text) {
  const size_t end = std::min(text.find('\n'), text.size());
  Glob(text.substr(0, end)).matches(text.substr(end));
}

}  // namespace

/// Input: a character, from '0' on, that says what it is, and what a server sends. The outcome is a value or an
/// sbert::Error.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr void (*kReaders[])(const std::string&) = {read_page,    read_tree,         read_headers,      follow,
                                                      read_account, read_lfs_answer,   read_upload_modes, name_datasets,
                                                      store_token,  read_dataset_card, match_pattern};
  if (size == 0) return 0;
  try {
    const auto read = kReaders[static_cast<uint8_t>(data[0] - '0') % std::size(kReaders)];
    read(std::string(reinterpret_cast<const char*>(data + 1), size - 1));
  } catch (const Error&) {
  }
  return 0;
}
