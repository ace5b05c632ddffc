#include "data/parallel_table.h"

#include <algorithm>
#include <map>

#include "base/fail.h"

namespace sbert {

ParallelTable::ParallelTable(std::vector<std::unique_ptr<RowSource>> sources)
    : sources_(std::move(sources)), rows_(sources_.size()) {
  std::map<std::string, int> times, seen;
  for (const auto& source : sources_) {
    source->find_columns();
    for (const std::string& name : source->names())
      ++times[name];
  }
  for (size_t i = 0; i < sources_.size(); ++i) {
    const std::vector<std::string>& names = sources_[i]->names();
    const ColumnTree* const tree = sources_[i]->tree();
    has_tree_ = has_tree_ || tree != nullptr;
    sparse_ = sparse_ || sources_[i]->sparse();
    for (size_t column = 0; column < names.size(); ++column) {
      const std::string& name = names[column];
      names_.push_back(times[name] == 1 ? name : name + std::to_string(++seen[name]));
      columns_.push_back({i, column});
      tree_.add(names_.back(), tree == nullptr ? ColumnTree() : tree->members(column));
    }
  }
  selection_ = columns_;
}

void ParallelTable::select(std::vector<size_t> columns) {
  std::vector<std::vector<size_t>> wanted(sources_.size());
  selection_.clear();
  for (const size_t column : columns) {
    const Place& place = columns_[column];
    selection_.push_back({place.source, wanted[place.source].size()});
    wanted[place.source].push_back(place.column);
  }
  for (size_t i = 0; i < sources_.size(); ++i)
    sources_[i]->select(std::move(wanted[i]));
}

bool ParallelTable::next(std::vector<Value>& row) {
  size_t ended = 0;
  for (size_t i = 0; i < sources_.size(); ++i)
    ended += !sources_[i]->next(rows_[i]);
  if (ended == sources_.size()) return false;
  if (ended > 0) {
    fail(ErrorCode::corrupt_data, where(), ": the files side by side do not have the same number of rows");
  }
  row.resize(selection_.size());
  for (size_t i = 0; i < selection_.size(); ++i)
    row[i] = std::move(rows_[selection_[i].source][selection_[i].column]);
  return true;
}

}  // namespace sbert
