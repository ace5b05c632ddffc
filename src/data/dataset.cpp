#include <sbert/dataset.h>

#include "base/fail.h"
#include "data/formats.h"

namespace sbert {

Dataset::Iterator::Iterator(std::vector<std::filesystem::path> files, FetchFile fetch)
    : files_(std::move(files)), fetch_(std::move(fetch)), done_(false) {
  ++*this;
}

Dataset::Iterator& Dataset::Iterator::operator++() {
  while (source_ == nullptr || !source_->next(cells_)) {
    if (next_file_ == files_.size()) {
      source_.reset();
      done_ = true;
      return *this;
    }
    if (fetch_) fetch_(next_file_);
    source_ = open_rows(files_[next_file_++]);
  }
  const std::vector<std::string>& names = source_->names();
  Value::Record record;
  record.reserve(names.size());
  for (size_t i = 0; i < names.size(); ++i)
    record.emplace_back(names[i], std::move(cells_[i]));
  row_ = Value(std::move(record));
  return *this;
}

std::string Dataset::Iterator::where() const {
  return source_->where();
}

std::vector<std::string> Dataset::columns() const {
  if (files_.empty()) return {};
  if (fetch_) fetch_(0);
  return open_rows(files_.front())->names();
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
