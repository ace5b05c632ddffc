#include "data/csv_record.h"

#include <algorithm>

#include "base/fail.h"

namespace sbert {

const std::string* CsvRecords::peek_line() {
  while (!peeked_) {
    if (!lines_.next(line_)) return nullptr;
    peeked_ = !line_.empty() && line_ != "\r";
  }
  return &line_;
}

bool CsvRecords::next(std::vector<std::string>& fields) {
  size_t count = 0;  // fields are reused, so that their memory is
  const auto field = [&]() -> std::string& {
    if (count == fields.size()) fields.emplace_back();
    fields[count].clear();
    return fields[count++];
  };
  if (peek_line() == nullptr) return false;
  peeked_ = false;
  record_line_ = lines_.line_number();
  for (size_t at = 0;;) {
    std::string& value = field();
    if (dialect_.quoting && at < line_.size() && line_[at] == '"') {
      at = read_quoted(at, value);
      if (at < line_.size() && line_[at] != dialect_.delimiter && line_.compare(at, std::string::npos, "\r") != 0) {
        fail(ErrorCode::corrupt_data, lines_.where(), ": '", line_[at], "' follows a closing quote at byte ", at,
             "; if quotes are ordinary characters here, read the file with --no-quoting");
      }
    } else {
      const size_t end = std::min(line_.find(dialect_.delimiter, at), line_.size());
      value.assign(line_, at, end - at);
      at = end;
      if (at == line_.size()) text::remove_carriage_return(value);
    }
    if (at >= line_.size() || line_[at] != dialect_.delimiter) break;
    ++at;
  }
  fields.resize(count);
  return true;
}

size_t CsvRecords::read_quoted(size_t at, std::string& field) {
  const uint64_t opened = lines_.line_number();
  ++at;
  for (;;) {
    const size_t quote = line_.find('"', at);
    if (quote == std::string::npos) {
      field.append(line_, at);
      field.push_back('\n');
      if (field.size() > text::Utf8Lines::kMaxLineBytes || !lines_.next(line_)) {
        fail(ErrorCode::corrupt_data, lines_.name(), ": line ", opened,
             ": the quote that opens here is never closed; if quotes are ordinary characters, read the file with "
             "--no-quoting");
      }
      at = 0;
      continue;
    }
    field.append(line_, at, quote - at);
    if (quote + 1 >= line_.size() || line_[quote + 1] != '"') return quote + 1;
    field.push_back('"');
    at = quote + 2;
  }
}

}  // namespace sbert
