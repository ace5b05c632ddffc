#include "data/csv_table.h"

#include <algorithm>

#include "base/fail.h"

namespace sbert {

namespace {

/// Files called .csv are often separated by tabs: believe the first line, quoted parts left out.
char guess_delimiter(const std::string& line) {
  std::ptrdiff_t tabs = 0, commas = 0;
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    tabs += c == '\t';
    commas += c == ',';
  }
  return tabs > 0 && tabs >= commas ? '\t' : ',';
}

}  // namespace

CsvTable::CsvTable(const std::filesystem::path& path, const TableOptions& options)
    : records_(path, options.encoding), header_(options.header) {
  const std::string* first_line = records_.peek_line();
  if (first_line == nullptr) fail(ErrorCode::corrupt_data, records_.name(), ": has no rows");
  records_.set_dialect({options.delimiter.value_or(guess_delimiter(*first_line)), options.quoting});
  records_.next(fields_);
  needed_ = fields_.size();
  if (header_) {
    names_ = fields_;
  } else {
    for (size_t i = 0; i < needed_; ++i)
      names_.push_back(std::to_string(i));
    pending_ = true;
  }
  selection_ = all_columns(names_.size());
}

void CsvTable::select(std::vector<size_t> columns) {
  selection_ = std::move(columns);
  if (header_ || selection_ == all_columns(names_.size())) return;
  exact_ = false;
  needed_ = selection_.empty() ? 0 : *std::max_element(selection_.begin(), selection_.end()) + 1;
}

bool CsvTable::next(std::vector<Value>& row) {
  if (!pending_ && !records_.next(fields_)) return false;
  pending_ = false;
  check_width();
  row.resize(selection_.size());
  for (size_t i = 0; i < selection_.size(); ++i)
    row[i] = std::move(fields_[selection_[i]]);
  return true;
}

void CsvTable::check_width() const {
  if (fields_.size() == needed_ || (!exact_ && fields_.size() > needed_)) return;
  fail(ErrorCode::corrupt_data, where(), ": has ", fields_.size(), fields_.size() == 1 ? " field" : " fields",
       ", expected ", exact_ ? "" : "at least ", needed_, header_ ? " as in the header" : "");
}

}  // namespace sbert
