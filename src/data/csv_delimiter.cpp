#include "data/csv_delimiter.h"

#include <algorithm>
#include <array>

#include "base/fail.h"

namespace sbert {

namespace {

constexpr std::array kDelimiters{',', '\t', ';', '|'};

/// Outside of quotes.
size_t count_outside_quotes(const std::string& line, char wanted, bool quoting) {
  size_t count = 0;
  bool quoted = false;
  for (const char c : line) {
    if (c == '"' && quoting) quoted = !quoted;
    count += c == wanted && !quoted;
  }
  return count;
}

/// As it is written behind --delimiter.
std::string delimiter_word(char delimiter) {
  return delimiter == '\t' ? "tab" : std::string("'") + delimiter + "'";
}

/// The character in "sep=;".
std::optional<char> delimiter_of_excel(std::string line) {
  std::erase(line, '"');
  if (line.size() != 5) return std::nullopt;
  std::transform(line.begin(), line.begin() + 3, line.begin(), [](char c) { return c | 0x20; });
  return line.starts_with("sep=") ? std::optional(line[4]) : std::nullopt;
}

/// A header names several columns; of a row without one we know only that the next row has as many fields.
void check_delimiter(const std::vector<std::string>& lines, const TableOptions& options, char usual,
                     const std::string& name) {
  const auto count = [&](size_t line, char c) { return count_outside_quotes(lines[line], c, options.quoting); };
  char other = usual;
  for (const char c : kDelimiters) {
    if (count(0, c) > count(0, other)) other = c;
  }
  if (other == usual) return;
  const bool alike = lines.size() < 2 || (count(1, usual) == 0 && count(1, other) == count(0, other));
  if (!options.header && (count(0, usual) > 0 || !alike)) return;
  fail(ErrorCode::invalid_argument, name, ": its first line has ", delimiter_word(other), " ", count(0, other),
       count(0, other) == 1 ? " time and " : " times and ", delimiter_word(usual), " ", count(0, usual),
       ": say which of them separates the fields, --delimiter ", delimiter_word(other), " or --delimiter ",
       delimiter_word(usual));
}

}  // namespace

char find_delimiter(CsvRecords& records, const TableOptions& options, char usual) {
  std::vector<std::string> lines = records.peek_lines(2);
  if (lines.empty()) fail(ErrorCode::corrupt_data, records.name(), ": has no rows");
  if (const std::optional<char> said = delimiter_of_excel(lines.front())) {
    if (!options.delimiter && *said != usual) {
      fail(ErrorCode::invalid_argument, records.name(), ": its first line says that ", delimiter_word(*said),
           " separates the fields: read it with --delimiter ", delimiter_word(*said));
    }
    records.skip_line();
    lines = records.peek_lines(2);
    if (lines.empty()) fail(ErrorCode::corrupt_data, records.name(), ": has no rows");
  }
  if (options.delimiter) return *options.delimiter;
  const size_t tabs = count_outside_quotes(lines.front(), '\t', options.quoting);
  // Files called .csv are often separated by tabs.
  if (tabs > 0 && tabs >= count_outside_quotes(lines.front(), usual, options.quoting)) return '\t';
  check_delimiter(lines, options, usual, records.name());
  return usual;
}

}  // namespace sbert
