#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/gzip_input.h"

namespace sbert::text {

enum class TextEncoding { utf8, latin1 };

/// The lines of a text file, one at a time, in constant memory: plain or gzip ("-" is stdin, gzip or not as well). A
/// byte order mark at the start is skipped. One thread at a time.
class Utf8Lines {
 public:
  /// Longer lines are not data but damage.
  static constexpr size_t kMaxLineBytes = size_t{1} << 28;

  /// Latin-1 becomes UTF-8. THROWS: not_found, io.
  explicit Utf8Lines(const std::filesystem::path& path, TextEncoding encoding = TextEncoding::utf8);

  /// The next line without its '\n' (a '\r' before it stays; see remove_carriage_return); false at the end of the
  /// file. A last line need not end with '\n'.
  /// THROWS: corrupt_data for bytes that are not UTF-8, damaged gzip data or an endless line; io.
  bool next(std::string& line);

  const std::string& name() const { return input_.name(); }  ///< for messages: the path or "stdin"
  uint64_t line_number() const { return line_; }             ///< of the last line, from 1
  std::string where() const { return name() + ": line " + std::to_string(line_); }

 private:
  /// Refills the buffer; false at the end of the file.
  bool fill();
  void check_utf8(const std::string& line) const;

  GzipInput input_;
  TextEncoding encoding_;
  std::vector<char> buffer_;
  size_t begin_ = 0, end_ = 0;  ///< unread part of the buffer
  uint64_t line_ = 0;
};

/// Removes one '\r' from the end: the file may come from Windows.
inline void remove_carriage_return(std::string& line) {
  if (!line.empty() && line.back() == '\r') line.pop_back();
}

}  // namespace sbert::text
