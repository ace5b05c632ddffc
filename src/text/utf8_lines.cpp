#include "text/utf8_lines.h"

#include <algorithm>
#include <cstring>

#include "base/fail.h"
#include "text/utf8.h"

namespace sbert::text {

namespace {

/// The 256 characters of Latin-1 are the first 256 of Unicode.
std::string from_latin1(const std::string& bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (const char byte : bytes)
    append_utf8(text, static_cast<unsigned char>(byte));
  return text;
}

}  // namespace

Utf8Lines::Utf8Lines(const std::filesystem::path& path, TextEncoding encoding)
    : input_(path), encoding_(encoding), buffer_(size_t{1} << 16) {
  fill();
  constexpr char kByteOrderMark[] = "\xef\xbb\xbf";
  if (end_ >= 3 && std::memcmp(buffer_.data(), kByteOrderMark, 3) == 0) begin_ = 3;
}

bool Utf8Lines::fill() {
  begin_ = end_ = 0;
  try {
    end_ = input_.read(buffer_);
  } catch (const Error& error) {
    fail(error.code(), error.what(), " after line ", line_);
  }
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
  if (line_ == 1 && (line.starts_with("\xff\xfe") || line.starts_with("\xfe\xff"))) {
    fail(ErrorCode::corrupt_data, name(), ": is UTF-16; convert it to UTF-8");
  }
  fail(ErrorCode::corrupt_data, where(), ": invalid UTF-8 at byte ", invalid + 1,
       "; read the file with --encoding latin1, or convert it to UTF-8");
}

}  // namespace sbert::text
