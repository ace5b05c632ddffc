#include "hub/token_file.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/files.h"

namespace sbert::hub {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kMaxBytes = 1 << 20;

fs::path stored_tokens(const Settings& settings) {
  return settings.token_file.parent_path() / "stored_tokens";
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<size_t>(written));
  }
  return ::fsync(descriptor) == 0;
}

/// At no moment can anybody else read it, nor is there half of it.
void write_secret(const fs::path& path, std::string_view text) {
  std::string temporary = path.string() + ".XXXXXX";
  const int descriptor = ::mkstemp(temporary.data());  // with the rights 0600
  if (descriptor < 0) fail(ErrorCode::io, path.string(), ": cannot write: ", std::strerror(errno));
  bool done = write_all(descriptor, text);
  done = ::close(descriptor) == 0 && done && ::rename(temporary.c_str(), path.c_str()) == 0;
  if (done) return;
  const int error = errno;
  ::unlink(temporary.c_str());
  fail(ErrorCode::io, path.string(), ": cannot write: ", std::strerror(error));
}

/// The name in "[name]"; empty for any other line.
std::string_view section(std::string_view line) {
  const size_t end = line.rfind(']');
  if (!line.starts_with('[') || end == std::string_view::npos) return "";
  return line.substr(1, end - 1);
}

/// Of a server's text, what can be the name of a section.
std::string section_name(const std::string& name) {
  std::string plain = one_line(name);
  std::erase_if(plain, [](char c) { return c == '[' || c == ']'; });
  return plain.empty() ? "token" : plain;
}

bool remove_file(const fs::path& path) {
  if (::unlink(path.c_str()) == 0) return true;
  if (errno == ENOENT || errno == ENOTDIR) return false;
  fail(ErrorCode::io, path.string(), ": cannot remove: ", std::strerror(errno));
}

}  // namespace

std::string with_stored_token(const std::string& text, const std::string& name, const std::string& token) {
  const std::string wanted = section_name(name);
  std::string out;
  bool skipping = false;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    const std::string_view line(text.data() + at, end - at);
    if (const std::string_view found = section(line); !found.empty()) skipping = found == wanted;
    if (!skipping) out += line;
    at = end;
  }
  if (!out.empty() && !out.ends_with('\n')) out += '\n';
  return concat(out, "[", wanted, "]\nhf_token = ", token, "\n\n");
}

void save_token(const Settings& settings, const std::string& name, const std::string& token) {
  const fs::path directory = settings.token_file.parent_path();
  std::error_code error;
  fs::create_directories(directory, error);
  if (::chmod(directory.c_str(), 0700) != 0) {
    fail(ErrorCode::io, directory.string(), ": cannot be made readable for this user only: ", std::strerror(errno));
  }
  const fs::path stored = stored_tokens(settings);
  write_secret(stored, with_stored_token(file_exists(stored) ? read_file(stored, kMaxBytes) : "", name, token));
  write_secret(settings.token_file, token);
}

bool remove_tokens(const Settings& settings) {
  const bool token = remove_file(settings.token_file);
  const bool stored = remove_file(stored_tokens(settings));
  return token || stored;
}

}  // namespace sbert::hub
