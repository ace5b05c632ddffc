#include "data/chained_table.h"

#include <algorithm>
#include <utility>

#include "base/fail.h"

namespace sbert {

ChainedTable::ChainedTable(std::vector<std::filesystem::path> files, Open open)
    : files_(std::move(files)),
      open_(std::move(open)),
      source_(open_(files_.front())),
      names_(source_->names()),
      selection_(all_columns(names_.size())) {}

void ChainedTable::select(std::vector<size_t> columns) {
  selection_ = columns;
  source_->select(std::move(columns));
}

/// The columns may stand in another order there.
void ChainedTable::open_next() {
  const std::filesystem::path& file = files_[next_file_++];
  source_ = open_(file);
  const std::vector<std::string>& names = source_->names();
  std::vector<size_t> columns;
  for (const size_t column : selection_) {
    const auto found = std::find(names.begin(), names.end(), names_[column]);
    if (found == names.end()) {
      fail(ErrorCode::corrupt_data, file.string(), ": has no column '", names_[column], "', which ",
           files_.front().string(), " has");
    }
    columns.push_back(static_cast<size_t>(found - names.begin()));
  }
  source_->select(std::move(columns));
}

bool ChainedTable::next(std::vector<Value>& row) {
  while (!source_->next(row)) {
    if (next_file_ == files_.size()) return false;
    open_next();
  }
  return true;
}

}  // namespace sbert
