#pragma once

#include <deque>
#include <string>
#include <vector>

#include "text/utf8_lines.h"

namespace sbert {

struct CsvDialect {
  char delimiter = ',';
  bool quoting = true;
};

/// Reads the records of a CSV file as RFC 4180 says: fields may be quoted, quoted fields may hold delimiters, line ends
/// and doubled quotes; CRLF, LF or CR end a record. A quote inside an unquoted field is an ordinary character. Blank
/// lines are skipped.
class CsvRecords {
 public:
  explicit CsvRecords(const InputFile& file, text::TextEncoding encoding = text::TextEncoding::utf8)
      : lines_(file, encoding, text::LineEnds::universal) {}

  /// The delimiter is known only after the first lines were seen, hence not a constructor argument.
  void set_dialect(const CsvDialect& dialect) { dialect_ = dialect; }
  /// The next lines, left in place for `next`: as many as asked for, fewer at the end of the file. The first is not
  /// blank.
  std::vector<std::string> peek_lines(size_t count);
  /// Steps over the next line that is not blank, whatever is in it.
  void skip_line();
  /// Overwrites `fields` with the next record; false at the end of the file.
  /// THROWS: corrupt_data if a quote is never closed or something follows a closing quote.
  bool next(std::vector<std::string>& fields);

  /// "<file>: line <n>" where the last record starts.
  std::string where() const { return place(record_line_); }
  const std::string& name() const { return lines_.name(); }

 private:
  struct Line {
    std::string text{};
    std::string_view end{};
    uint64_t number = 0;
  };

  bool read_line(Line& line);
  /// The next line becomes `line_`; false at the end of the file.
  bool next_line();
  bool next_line_not_blank();
  /// Reads a quoted field whose opening quote is at `at`; returns the offset behind the closing one.
  size_t read_quoted(size_t at, std::string& field);
  std::string place(uint64_t line) const { return lines_.name() + ": line " + std::to_string(line); }

  text::Utf8Lines lines_;
  CsvDialect dialect_;
  std::deque<Line> ahead_;  ///< looked at, not yet read
  Line line_;
  uint64_t record_line_ = 0;
};

}  // namespace sbert
