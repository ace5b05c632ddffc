#include "text/utf8_lines.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <unistd.h>

#include <zlib.h>

#include "base/fail.h"
#include "text/utf8.h"

namespace sbert::text {

/// zlib reads plain files as they are, so one way in serves both.
struct Utf8Lines::Input {
  explicit Input(gzFile opened) : file(opened) {}
  ~Input() { gzclose(file); }
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  gzFile file;
};

namespace {

gzFile open_input(const std::filesystem::path& path) {
  if (path == "-") return gzdopen(dup(STDIN_FILENO), "rb");
  if (std::filesystem::is_directory(path)) {
    fail(ErrorCode::invalid_argument, path.string(), ": is a directory, expected a file");
  }
  errno = 0;
  return gzopen(path.c_str(), "rb");
}

/// The 256 characters of Latin-1 are the first 256 of Unicode.
std::string from_latin1(const std::string& bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (const char byte : bytes)
    append_utf8(text, static_cast<unsigned char>(byte));
  return text;
}

std::string system_message() {
  return std::error_code(errno, std::generic_category()).message();
}

}  // namespace

Utf8Lines::Utf8Lines(const std::filesystem::path& path, TextEncoding encoding)
    : name_(path == "-" ? "stdin" : path.string()), encoding_(encoding), buffer_(size_t{1} << 16) {
  const gzFile file = open_input(path);
  if (file == nullptr) {
    const ErrorCode code = errno == ENOENT ? ErrorCode::not_found : ErrorCode::io;
    fail(code, name_, ": cannot be read: ", system_message());
  }
  input_ = std::make_unique<Input>(file);
  gzbuffer(file, 1u << 17);
  fill();
  constexpr char kByteOrderMark[] = "\xef\xbb\xbf";
  if (end_ >= 3 && std::memcmp(buffer_.data(), kByteOrderMark, 3) == 0) begin_ = 3;
}

Utf8Lines::~Utf8Lines() = default;

bool Utf8Lines::fill() {
  begin_ = end_ = 0;
  const int count = gzread(input_->file, buffer_.data(), static_cast<unsigned>(buffer_.size()));
  int status = Z_OK;
  const char* message = gzerror(input_->file, &status);
  if (status == Z_ERRNO) fail(ErrorCode::io, name_, ": cannot be read: ", system_message());
  if (count < 0 || (status != Z_OK && status != Z_STREAM_END)) {
    fail(ErrorCode::corrupt_data, name_, ": the gzip data is damaged or cut off after line ", line_, ": ", message);
  }
  end_ = static_cast<size_t>(count);
  return end_ > 0;
}

bool Utf8Lines::next(std::string& line) {
  line.clear();
  if (begin_ == end_ && !fill()) return false;
  ++line_;
  do {
    const char* const from = buffer_.data() + begin_;
    const char* const to = buffer_.data() + end_;
    const char* const newline = std::find(from, to, '\n');
    line.append(from, newline);
    if (line.size() > kMaxLineBytes) {
      fail(ErrorCode::corrupt_data, where(), ": longer than ", kMaxLineBytes >> 20, " MiB");
    }
    begin_ += static_cast<size_t>(newline - from);
    if (newline != to) {
      ++begin_;
      break;
    }
  } while (fill());
  if (encoding_ == TextEncoding::latin1) {
    line = from_latin1(line);
  } else {
    check_utf8(line);
  }
  return true;
}

void Utf8Lines::check_utf8(const std::string& line) const {
  const size_t invalid = find_invalid_utf8(line);
  if (invalid == std::string_view::npos) return;
  fail(ErrorCode::corrupt_data, where(), ": invalid UTF-8 at byte ", invalid + 1,
       "; read the file with --encoding latin1, or convert it to UTF-8");
}

}  // namespace sbert::text
