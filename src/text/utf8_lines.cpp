#include "text/utf8_lines.h"

#include <algorithm>
#include <cstring>

#include "base/fail.h"
#include "text/utf8.h"

namespace sbert::text {

Utf8Lines::Utf8Lines(const InputFile& file, TextEncoding encoding, LineEnds ends)
    : input_(file), encoding_(encoding), ends_(ends), buffer_(size_t{1} << 16) {
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

bool Utf8Lines::take_line_end() {
  if (begin_ == end_) return false;
  const char first = buffer_[begin_];
  if (first != '\n' && (first != '\r' || ends_ == LineEnds::newline)) return false;
  ++begin_;
  line_end_ = first == '\n' ? "\n" : "\r";
  // What belongs to a '\r' may be in the next part of the file.
  if (first == '\r' && (begin_ != end_ || fill()) && buffer_[begin_] == '\n') {
    ++begin_;
    line_end_ = "\r\n";
  }
  return true;
}

bool Utf8Lines::next(std::string& line) {
  line.clear();
  line_end_ = {};
  if (begin_ == end_ && !fill()) return false;
  ++line_;
  do {
    const char* const from = buffer_.data() + begin_;
    const char* to = std::find(from, static_cast<const char*>(buffer_.data()) + end_, '\n');
    if (ends_ == LineEnds::universal) to = std::find(from, to, '\r');
    line.append(from, to);
    if (line.size() > kMaxLineBytes) {
      fail(ErrorCode::corrupt_data, where(), ": longer than ", kMaxLineBytes >> 20, " MiB");
    }
    begin_ += static_cast<size_t>(to - from);
  } while (!take_line_end() && fill());
  if (encoding_ == TextEncoding::utf8) {
    check_utf8(line);
  } else {
    line = decode_bytes(line, encoding_, where());
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
       "; a file from Windows may need --encoding windows-1252; else convert it to UTF-8");
}

}  // namespace sbert::text
