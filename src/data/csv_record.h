#pragma once

#include <string>
#include <vector>

#include "text/utf8_lines.h"

namespace sbert {

struct CsvDialect {
  char delimiter = ',';
  bool quoting = true;
};

/// Reads the records of a CSV file as RFC 4180 says: fields may be quoted, quoted fields may hold delimiters, line ends
/// and doubled quotes; CRLF or LF end a record. A quote inside an unquoted field is an ordinary character. Blank lines
/// are skipped.
class CsvRecords {
 public:
  explicit CsvRecords(const std::filesystem::path& path, text::TextEncoding encoding = text::TextEncoding::utf8)
      : lines_(path, encoding) {}

  /// The delimiter is known only after the first line was seen, hence not a constructor argument.
  void set_dialect(const CsvDialect& dialect) { dialect_ = dialect; }
  /// The next line that is not blank, left in place for `next`; null at the end of the file.
  const std::string* peek_line();
  /// Overwrites `fields` with the next record; false at the end of the file.
  /// THROWS: corrupt_data if a quote is never closed or something follows a closing quote.
  bool next(std::vector<std::string>& fields);

  /// "<file>: line <n>" where the last record starts.
  std::string where() const { return lines_.name() + ": line " + std::to_string(record_line_); }
  const std::string& name() const { return lines_.name(); }

 private:
  /// Reads a quoted field whose opening quote is at `at`; returns the offset behind the closing one.
  size_t read_quoted(size_t at, std::string& field);

  text::Utf8Lines lines_;
  CsvDialect dialect_;
  std::string line_;
  bool peeked_ = false;
  uint64_t record_line_ = 0;
};

}  // namespace sbert
