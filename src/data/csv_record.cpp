#include "data/csv_record.h"

#include <algorithm>
#include <utility>

#include "base/fail.h"

namespace sbert {

bool CsvRecords::read_line(Line& line) {
  if (!lines_.next(line.text)) return false;
  line.end = lines_.line_end();
  line.number = lines_.line_number();
  return true;
}

bool CsvRecords::next_line() {
  if (ahead_.empty()) return read_line(line_);
  line_ = std::move(ahead_.front());
  ahead_.pop_front();
  return true;
}

bool CsvRecords::next_line_not_blank() {
  do {
    if (!next_line()) return false;
  } while (line_.text.empty());
  return true;
}

std::vector<std::string> CsvRecords::peek_lines(size_t count) {
  while (!ahead_.empty() && ahead_.front().text.empty())
    ahead_.pop_front();
  for (Line line; ahead_.size() < count && read_line(line);) {
    if (!ahead_.empty() || !line.text.empty()) ahead_.push_back(std::move(line));
  }
  std::vector<std::string> lines;
  for (const Line& line : ahead_) {
    if (lines.size() < count) lines.push_back(line.text);
  }
  return lines;
}

void CsvRecords::skip_line() {
  next_line_not_blank();
}

bool CsvRecords::next(std::vector<std::string>& fields) {
  size_t count = 0;  // fields are reused, so that their memory is
  const auto field = [&]() -> std::string& {
    if (count == fields.size()) fields.emplace_back();
    fields[count].clear();
    return fields[count++];
  };
  if (!next_line_not_blank()) return false;
  record_line_ = line_.number;
  const std::string& text = line_.text;
  for (size_t at = 0;; ++at) {
    std::string& value = field();
    if (dialect_.quoting && at < text.size() && text[at] == '"') {
      at = read_quoted(at, value);
      if (at < text.size() && text[at] != dialect_.delimiter) {
        fail(ErrorCode::corrupt_data, place(line_.number), ": '", text[at], "' follows a closing quote at byte ", at,
             "; if quotes are ordinary characters here, read the file with --no-quoting");
      }
    } else {
      const size_t end = std::min(text.find(dialect_.delimiter, at), text.size());
      value.assign(text, at, end - at);
      at = end;
    }
    if (at >= text.size()) break;
  }
  fields.resize(count);
  return true;
}

size_t CsvRecords::read_quoted(size_t at, std::string& field) {
  const uint64_t opened = line_.number;
  ++at;
  for (;;) {
    const std::string& text = line_.text;
    const size_t quote = text.find('"', at);
    if (quote == std::string::npos) {
      field.append(text, at);
      field.append(line_.end);
      if (field.size() > text::Utf8Lines::kMaxLineBytes || !next_line()) {
        fail(ErrorCode::corrupt_data, place(opened),
             ": the quote that opens here is never closed; if quotes are ordinary characters, read the file with "
             "--no-quoting");
      }
      at = 0;
      continue;
    }
    field.append(text, at, quote - at);
    if (quote + 1 >= text.size() || text[quote + 1] != '"') return quote + 1;
    field.push_back('"');
    at = quote + 2;
  }
}

}  // namespace sbert
