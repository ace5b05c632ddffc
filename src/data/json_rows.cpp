#include "data/json_rows.h"

#include <string_view>
#include <utility>

#include "base/fail.h"

namespace sbert {

std::string JsonRows::where() const {
  const std::string line = reader_.where(row_line_);
  return layout_ == Layout::values ? line : concat(line, ", element ", rows_);
}

void JsonRows::begin() {
  if (reader_.peek() == '[') {
    begin_with_list();
  } else {
    layout_ = Layout::values;
  }
}

void JsonRows::begin_with_list() {
  const uint64_t line = reader_.line();
  row_line_ = line;
  layout_ = Layout::list;
  reader_.take();
  while (true) {
    const int c = reader_.peek();
    // Nobody writes a list of objects, or one over several lines, for each row.
    if ((elements_ == 0 && c == '{') || reader_.line() != line) return;
    if (!next_element()) break;
    first_.push_back(reader_.value());
  }
  if (reader_.peek() == JsonReader::kEnd) {
    layout_ = Layout::finished;
  } else {
    layout_ = Layout::values;
    first_ = {Value(std::exchange(first_, {}))};
  }
}

bool JsonRows::next_element() {
  const int c = reader_.peek();
  if (c == ']') {
    reader_.take();
    return false;
  }
  if (c == JsonReader::kEnd) {
    fail(ErrorCode::corrupt_data, reader_.where(), ": the file ends within the list that holds the rows");
  }
  if (elements_++ == 0) return true;
  if (c != ',') reader_.fail_here();
  reader_.take();
  return true;
}

bool JsonRows::next(Value& row) {
  if (layout_ == Layout::unknown) begin();
  if (given_ < first_.size()) {
    ++rows_;
    row = as_row(std::move(first_[given_++]));
    return true;
  }
  return next_value(row);
}

bool JsonRows::next_value(Value& row) {
  if (layout_ == Layout::finished) return false;
  if (layout_ == Layout::list && !next_element()) {
    layout_ = Layout::finished;
    if (reader_.peek() == JsonReader::kEnd) return false;
    fail(ErrorCode::corrupt_data, reader_.where(), ": something follows the list that holds the rows");
  }
  if (reader_.peek() == JsonReader::kEnd && layout_ == Layout::values) return false;
  row_line_ = reader_.line();
  ++rows_;
  row = as_row(reader_.value());
  return true;
}

Value JsonRows::as_row(Value value) {
  if (value.is_null()) return Value::Record();
  const Kind kind = value.is_record() ? Kind::object : value.is_list() ? Kind::list : Kind::text;
  if (kind == Kind::text && layout_ == Layout::values) {
    fail(ErrorCode::corrupt_data, where(), ": holds ", value.describe(), ", each row must be a JSON object or list");
  }
  if (kind_.value_or(kind) != kind) {
    const char* const known = kind_ == Kind::object ? "objects" : kind_ == Kind::list ? "lists" : "texts";
    fail(ErrorCode::corrupt_data, where(), ": holds ", value.describe(), ", but the rows before are ", known);
  }
  kind_ = kind;
  if (kind == Kind::object) return value;
  Value::Record record;
  if (kind == Kind::text) {
    record.emplace_back("text", std::move(value));
    return record;
  }
  record.reserve(value.list().size());
  for (Value& element : value.list())
    record.emplace_back(std::to_string(record.size()), std::move(element));
  return record;
}

}  // namespace sbert
