#include <unordered_map>

#include <sbert/dataset.h>

#include "base/fail.h"
#include "data/formats.h"

namespace sbert {

namespace {

/// The rows of all `files`, all of whose columns are known.
std::unique_ptr<RowSource> open_all(const std::vector<std::filesystem::path>& files) {
  TableOptions options;
  options.following.assign(files.begin() + 1, files.end());
  std::unique_ptr<RowSource> source = open_rows(files.front(), options);
  source->find_columns();
  return source;
}

}  // namespace

Dataset::Iterator::Iterator(std::vector<std::filesystem::path> files, FetchFile fetch)
    : files_(std::move(files)), fetch_(std::move(fetch)), done_(false) {
  ++*this;
}

void Dataset::Iterator::open_next() {
  if (fetch_) {
    fetch_(next_file_);
    source_ = open_all({files_[next_file_++]});
  } else {
    source_ = open_all(files_);
    next_file_ = files_.size();
  }
  const std::vector<std::string>& names = source_->names();
  places_ = all_columns(names.size());
  if (names_.empty()) {
    names_ = names;  // of which two may be the same
    return;
  }
  std::unordered_map<std::string, size_t> known;
  for (size_t i = 0; i < names_.size(); ++i)
    known.emplace(names_[i], i);
  for (size_t i = 0; i < names.size(); ++i) {
    const auto [place, added] = known.try_emplace(names[i], names_.size());
    if (added) names_.push_back(names[i]);
    places_[i] = place->second;
  }
}

Dataset::Iterator& Dataset::Iterator::operator++() {
  while (source_ == nullptr || !source_->next(cells_)) {
    if (next_file_ == files_.size()) {
      source_.reset();
      done_ = true;
      return *this;
    }
    open_next();
  }
  Value::Record record;
  record.reserve(names_.size());
  for (const std::string& name : names_)
    record.emplace_back(name, Value());
  for (size_t i = 0; i < cells_.size(); ++i)
    record[places_[i]].second = std::move(cells_[i]);
  row_ = Value(std::move(record));
  return *this;
}

std::string Dataset::Iterator::where() const {
  return source_->where();
}

std::vector<std::string> Dataset::columns() const {
  if (files_.empty()) return {};
  if (!fetch_) return open_all(files_)->names();
  fetch_(0);
  return open_all({files_.front()})->names();
}

size_t Dataset::count_rows() const {
  return static_cast<size_t>(std::distance(begin(), end()));
}

const Dataset& DatasetDict::operator[](const std::string& split) const& {
  const auto found = splits_.find(split);
  if (found != splits_.end()) return found->second;
  std::string known;
  for (const auto& [name, dataset] : splits_)
    known += (known.empty() ? "" : ", ") + name;
  fail(ErrorCode::not_found, "the data set has no split '", split, "'; it has: ", known.empty() ? "none" : known);
}

}  // namespace sbert
