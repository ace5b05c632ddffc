#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/gzip_input.h"
#include "text/encoding.h"

namespace sbert::text {

enum class LineEnds {
  newline,    ///< "\n" only
  universal,  ///< "\n", "\r\n" or "\r", as Python reads text files
};

/// The lines of a text file, one at a time, in constant memory: plain or gzip. A
/// byte order mark at the start is skipped. One thread at a time.
class Utf8Lines {
 public:
  /// Longer lines are not data but damage.
  static constexpr size_t kMaxLineBytes = size_t{1} << 28;

  /// Other encodings become UTF-8. THROWS: not_found, io.
  explicit Utf8Lines(const InputFile& file, TextEncoding encoding = TextEncoding::utf8,
                     LineEnds ends = LineEnds::newline);

  /// The next line without what ends it; false at the end of the file. A last line need not have an end.
  /// THROWS: corrupt_data for bytes that are no text, damaged gzip data or an endless line; io.
  bool next(std::string& line);
  /// What ended the last line; empty at the end of the file.
  std::string_view line_end() const { return line_end_; }

  const std::string& name() const { return input_.name(); }  ///< for messages: the path or "stdin"
  uint64_t line_number() const { return line_; }             ///< of the last line, from 1
  std::string where() const { return name() + ": line " + std::to_string(line_); }

 private:
  /// Refills the buffer; false at the end of the file.
  bool fill();
  /// Steps over the end of a line, if the unread part of the buffer begins with one.
  bool take_line_end();
  void check_utf8(const std::string& line) const;

  GzipInput input_;
  TextEncoding encoding_;
  LineEnds ends_;
  std::string_view line_end_{};
  std::vector<char> buffer_;
  size_t begin_ = 0, end_ = 0;  ///< unread part of the buffer
  uint64_t line_ = 0;
};

}  // namespace sbert::text
