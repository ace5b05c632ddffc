#include "data/json_table.h"

#include <utility>

#include "base/fail.h"
#include "data/coco_captions.h"
#include "data/formats.h"

namespace sbert {

namespace {

/// Whether all columns are wanted, which only the whole file shows.
bool leaves_columns_open(const TableOptions& options) {
  return options.columns.empty() || !options.following.empty() || !options.beside.empty();
}

}  // namespace

JsonTable::JsonTable(const std::filesystem::path& path, const TableOptions& options)
    : source_(path, leaves_columns_open(options)), encoding_(options.encoding), rows_(source_, encoding_) {
  if (!rows_.next(row_)) fail(ErrorCode::corrupt_data, rows_.name(), ": has no rows");
  pending_ = true;
  if (options.format.value_or(table_format_of(path)) == TableFormat::json) group_captions();
  columns_.add(row_);
}

void JsonTable::group_captions() {
  auto captions = coco_captions(row_, rows_.name());
  if (!captions) return;
  captions_ = std::move(*captions);
  row_ = std::move(captions_.front());
  next_caption_ = 1;
  found_all_ = true;
}

void JsonTable::find_columns() {
  if (std::exchange(found_all_, true)) return;
  if (!source_.rereadable()) {
    fail(ErrorCode::invalid_argument, rows_.where(), ": lacks a column, and what comes through a pipe is read once: ",
         "give a file, or choose columns that the first row has");
  }
  JsonRows rows(source_, encoding_);
  for (Value row; rows.next(row);)
    columns_.add(row);
}

void JsonTable::select(std::vector<size_t> columns) {
  width_ = columns.size();
  slots_.assign(names().size(), kNotSelected);
  for (size_t i = 0; i < columns.size(); ++i)
    slots_[columns[i]] = i;
}

bool JsonTable::read_row() {
  if (next_caption_ == captions_.size()) return rows_.next(row_);
  row_ = std::move(captions_[next_caption_++]);
  return true;
}

bool JsonTable::next(std::vector<Value>& row) {
  if (!std::exchange(pending_, false) && !read_row()) return false;
  if (slots_.empty()) select(all_columns(names().size()));
  row.assign(width_, Value());
  size_t guess = 0;
  for (auto& [name, value] : row_.record()) {
    const std::optional<size_t> column = columns_.find(name, guess++);
    if (column && *column < slots_.size() && slots_[*column] != kNotSelected) row[slots_[*column]] = std::move(value);
  }
  return true;
}

}  // namespace sbert
