#include "data/csv_table.h"

#include <algorithm>

#include "base/fail.h"
#include "data/csv_delimiter.h"

namespace sbert {

CsvTable::CsvTable(const InputFile& file, const TableOptions& options, char delimiter)
    : records_(file, options.encoding), header_(options.header) {
  records_.set_dialect({find_delimiter(records_, options, delimiter), options.quoting});
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
