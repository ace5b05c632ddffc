#include "data/chained_table.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/fail.h"

namespace sbert {

namespace {

ColumnTree tree_of(const RowSource& source) {
  if (source.tree() != nullptr) return *source.tree();
  ColumnTree tree;
  for (const std::string& name : source.names())
    tree.add(name, {});
  return tree;
}

}  // namespace

ChainedTable::ChainedTable(std::vector<std::filesystem::path> files, Open open)
    : files_(std::move(files)),
      open_(std::move(open)),
      source_(open_(files_.front())),
      has_tree_(source_->tree() != nullptr),
      sparse_(source_->sparse()),
      tree_(tree_of(*source_)),
      names_(source_->names()) {
  select(all_columns(names_.size()));
}

void ChainedTable::find_columns() {
  source_->find_columns();
  add_columns(*source_, files_.front());
  for (size_t i = 1; i < files_.size(); ++i) {
    const std::unique_ptr<RowSource> other = open_(files_[i]);
    other->find_columns();
    add_columns(*other, files_[i]);
  }
  if (sparse_) names_ = tree_.names();
  select(all_columns(names_.size()));
}

void ChainedTable::add_columns(const RowSource& other, const std::filesystem::path& file) {
  for (const std::string& name : other.names()) {
    if (sparse_ || tree_.find(name)) continue;
    fail(ErrorCode::corrupt_data, file.string(), ": has the column '", name, "', which ", files_.front().string(),
         " has not; choose the columns with --columns");
  }
  tree_.add(tree_of(other));
}

void ChainedTable::select(std::vector<size_t> columns) {
  selection_ = std::move(columns);
  select_in_file(files_.front());
}

void ChainedTable::select_in_file(const std::filesystem::path& file) {
  std::unordered_map<std::string, size_t> places;
  const auto find_places = [&] {
    const std::vector<std::string>& names = source_->names();
    for (size_t i = 0; i < names.size(); ++i)
      places.emplace(names[i], i);
    return std::all_of(selection_.begin(), selection_.end(),
                       [&](size_t column) { return places.contains(names_[column]); });
  };
  if (!find_places()) {
    source_->find_columns();
    find_places();
  }
  std::vector<size_t> columns;
  slots_.clear();
  for (size_t i = 0; i < selection_.size(); ++i) {
    const std::string& name = names_[selection_[i]];
    const auto found = places.find(name);
    if (found == places.end() && !sparse_ && !source_->sparse()) {
      fail(ErrorCode::corrupt_data, file.string(), ": has no column '", name, "', which ", files_.front().string(),
           " has");
    }
    if (found == places.end()) continue;
    columns.push_back(found->second);
    slots_.push_back(i);
  }
  source_->select(std::move(columns));
}

/// The columns may stand in another order there.
void ChainedTable::open_next() {
  const std::filesystem::path& file = files_[next_file_++];
  source_ = open_(file);
  select_in_file(file);
}

bool ChainedTable::next(std::vector<Value>& row) {
  while (!source_->next(cells_)) {
    if (next_file_ == files_.size()) return false;
    open_next();
  }
  row.assign(selection_.size(), Value());
  for (size_t i = 0; i < slots_.size(); ++i)
    row[slots_[i]] = std::move(cells_[i]);
  return true;
}

}  // namespace sbert
