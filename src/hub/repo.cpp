#include "hub/repo.h"

#include <algorithm>

#include "base/fail.h"
#include "hub/http.h"

namespace sbert::hub {
namespace {

constexpr size_t kMaxNamePart = 96;
constexpr size_t kMaxFileName = 255;
constexpr size_t kMaxPath = 1024;

bool is_name_part(std::string_view part) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  };
  const auto at_end = [](char c) { return c != '-' && c != '.'; };
  return !part.empty() && part.size() <= kMaxNamePart && std::all_of(part.begin(), part.end(), allowed) &&
         at_end(part.front()) && at_end(part.back());
}

bool is_hexadecimal(std::string_view text, size_t size) {
  return text.size() == size && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

std::string RepoId::api() const {
  return concat("/api/", kind == RepoKind::model ? "models/" : "datasets/", url_quote(name, "/"));
}

std::string RepoId::page() const {
  return concat(kind == RepoKind::model ? "/" : "/datasets/", url_quote(name, "/"));
}

std::string RepoId::folder() const {
  std::string folder = (kind == RepoKind::model ? "models--" : "datasets--") + name;
  if (const size_t slash = folder.find('/'); slash != std::string::npos) folder.replace(slash, 1, "--");
  return folder;
}

std::string RepoId::describe() const {
  return (kind == RepoKind::model ? "model " : "data set ") + name;
}

bool is_repo_name(std::string_view name) {
  if (name.find("--") != std::string_view::npos || name.find("..") != std::string_view::npos ||
      name.ends_with(".git")) {
    return false;
  }
  const size_t slash = name.find('/');
  if (slash == std::string_view::npos) return is_name_part(name);
  return is_name_part(name.substr(0, slash)) && is_name_part(name.substr(slash + 1));
}

bool is_safe_path(std::string_view path) {
  if (path.empty() || path.size() > kMaxPath) return false;
  const auto forbidden = [](unsigned char c) { return c < ' ' || c == 0x7f || c == '\\'; };
  if (std::any_of(path.begin(), path.end(), forbidden)) return false;
  while (true) {
    const size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (part.empty() || part == "." || part == ".." || part.size() > kMaxFileName) return false;
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
}

bool is_commit(std::string_view text) {
  return is_hexadecimal(text, 40);
}

bool is_sha256(std::string_view text) {
  return is_hexadecimal(text, 64);
}

}  // namespace sbert::hub
