#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <sbert/dataset.h>

#include "base/gzip_input.h"
#include "data/json_source.h"
#include "text/utf8_lines.h"

namespace sbert {

/// The JSON values in a file, one after the other, whatever its size: no more than one of them is in memory. What
/// Python's json module writes is JSON, so NaN and Infinity are numbers. Nesting is limited, so hostile input cannot
/// exhaust the stack. One thread at a time.
class JsonReader {
 public:
  static constexpr int kEnd = -1;

  /// A byte order mark at the start is skipped. THROWS: not_found, io.
  JsonReader(const JsonSource& source, text::TextEncoding encoding);

  /// The next character that is not blank, or kEnd. It stays there. THROWS: corrupt_data for damaged gzip data; io.
  int peek();
  /// Steps over that character.
  void take() {
    ++begin_;
    after_return_ = false;
  }
  /// The value that begins here. THROWS: corrupt_data naming line and byte, also for half a surrogate pair, for bytes
  /// that are no text, and for a key that an object has twice; io.
  Value value();
  /// What peek() gives cannot stand here, in a value. THROWS: corrupt_data naming line and byte.
  [[noreturn]] void fail_here() const;

  const std::string& name() const { return name_; }  ///< for messages: the path or "stdin"
  uint64_t line() const { return line_; }            ///< where we are, from 1
  std::string where() const { return where(line_); }
  std::string where(uint64_t line) const { return name() + ": line " + std::to_string(line); }

 private:
  bool fill();
  int next_byte() { return begin_ < end_ || fill() ? static_cast<unsigned char>(buffer_[begin_]) : kEnd; }
  uint64_t byte_in_line() const { return buffer_offset_ + begin_ - line_begin_ + 1; }

  Value nested_value(int depth);
  Value object(int depth);
  Value list(int depth);
  Value number();
  Value literal();
  std::string string();
  void append_escape(std::string& text);
  /// Of a surrogate pair; 0 if something else follows.
  unsigned second_half();
  unsigned hexadecimal();
  /// Checks or decodes the end of `text`, which stood as it is in the file.
  void finish_run(std::string& text, size_t run, uint64_t byte) const;
  void check_size() const;

  std::string name_;
  GzipInput input_;
  text::TextEncoding encoding_;
  std::vector<char> buffer_;
  size_t begin_ = 0, end_ = 0;  ///< unread part of the buffer
  uint64_t buffer_offset_ = 0;  ///< of the buffer in the file
  uint64_t line_ = 1, line_begin_ = 0;
  uint64_t value_begin_ = 0, value_line_ = 1;  ///< of the outermost value
  bool after_return_ = false;                  ///< of a '\r', so that a '\n' begins no other line
};

}  // namespace sbert
